// A photo opens large over the page: ← → to the next of the same point, Esc or a click outside
// closes, and the person is where they were. Without script the link opens the file.
let dialog;
let shown = [];
let at = 0;

function show(step) {
  at = (at + step + shown.length) % shown.length;
  dialog.querySelector("img").src = shown[at].href;
  dialog.querySelector("img").alt = shown[at].dataset.photo;
  dialog.querySelector("p").textContent = `${shown[at].dataset.photo}（${at + 1}/${shown.length}）`;
}

function make() {
  dialog = document.createElement("dialog");
  dialog.className = "rv-photo";
  dialog.setAttribute("aria-label", "照片");
  const close = document.createElement("button");
  close.className = "btn btn-outline-secondary";
  close.textContent = "关上";
  const foot = document.createElement("div");
  foot.append(document.createElement("p"), close);
  dialog.append(document.createElement("img"), foot);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) show(step);
  });
  document.body.append(dialog);
}

export function openPhoto(link) {
  if (!dialog) make();
  shown = [...document.querySelectorAll("[data-photo]")];
  at = Math.max(shown.indexOf(link), 0);
  show(0);
  dialog.showModal();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-photo]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  openPhoto(link);
});
