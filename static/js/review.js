// The review page: ↑ ↓ go from point to point; on one column the chosen point comes into sight;
// a remark typed but not sent yet is still there when the point is chosen again.
import { person } from "./session.js";

const TYPING = "input, textarea, select, summary, [contenteditable]";
const narrow = window.matchMedia("(max-width: 1100px)");

document.addEventListener("keydown", (event) => {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPING)) return;
  const links = [...document.querySelectorAll(".rv-paper .tx a")];
  const here = links.findIndex((link) => link.getAttribute("aria-current") === "true");
  const next = links[here + step];
  if (!next) return;
  event.preventDefault();
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  next.click();
});

function slot(form) {
  return `${person}:${form.getAttribute("action")}:${form.elements.revision.value}:${form.elements.point.value}`;
}

function restore() {
  const text = document.getElementById("comment");
  if (text && !text.value) text.value = sessionStorage.getItem(slot(text.form)) ?? "";
}

document.addEventListener("input", ({ target }) => {
  if (target.id === "comment") sessionStorage.setItem(slot(target.form), target.value);
});

document.addEventListener("submit", ({ target }) => {
  if (target.elements.namedItem("comment")) sessionStorage.removeItem(slot(target));
});

document.addEventListener("htmx:afterSwap", () => {
  restore();
  if (narrow.matches) document.getElementById("point")?.scrollIntoView();
});

restore();
