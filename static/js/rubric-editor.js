// Shortcuts of the editor: a key presses the button that names it. Without script the buttons are there.
document.addEventListener("keydown", (event) => {
  const keys = [event.ctrlKey && "ctrl", event.altKey && "alt", event.key.toLowerCase()];
  const button = document.querySelector(`[data-key="${CSS.escape(keys.filter(Boolean).join("+"))}"]`);
  if (!button || !(event.ctrlKey || event.altKey)) return;
  event.preventDefault();
  button.click();
});
document.addEventListener("change", (event) => {
  if (event.target.name === "kind") document.querySelector("[data-kind]")?.click();
});
