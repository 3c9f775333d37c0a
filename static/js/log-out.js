// Logging out with things that wait: they stay on this device, and the person is told so first.
const sure = new WeakSet();

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.getAttribute("action")?.endsWith("/logout/") || sure.has(form)) return;
  event.preventDefault();
  const { count } = await import("./waiting.js");
  const left = await count().catch(() => 0);
  if (left) warn(form, left);
  else leave(form);
});

function leave(form) {
  sure.add(form);
  form.requestSubmit();
}

function warn(form, left) {
  const dialog = document.getElementById("log-out").content.cloneNode(true).querySelector("dialog");
  dialog.querySelector("[data-left]").textContent = `还有 ${left} 项没有上传`;
  dialog.querySelector("[data-leave]").addEventListener("click", () => leave(form));
  dialog.querySelector("[data-stay]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
