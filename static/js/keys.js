// Single keys that do something on a page. None is taken from who is typing, from a dialog that is
// open, or from the browser's own combinations.
const TYPING = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";

// deeds: key → what it does; a deed that returns false has not used the key.
export function onKeys(deeds) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest(TYPING) || document.querySelector("dialog[open]")) return;
    const deed = deeds[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (deed && deed() !== false) event.preventDefault();
  });
}
