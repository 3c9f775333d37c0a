// The review page by keys: from point to point, to the next paper that waits, to the remark, to the
// photos; on one column the chosen point comes into sight; a remark typed but not sent yet is still
// there when the point is chosen again.
import { onKeys } from "./keys.js";
import { openPhoto } from "./photo-view.js";
import { person } from "./session.js";

const narrow = window.matchMedia("(max-width: 1100px)");

function step(by) {
  const links = [...document.querySelectorAll(".rv-paper .tx a")];
  const here = links.findIndex((link) => link.getAttribute("aria-current") === "true");
  const next = links[here + by];
  if (!next) return false;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  next.click();
}

function follow(key) {
  const link = document.querySelector(`[data-key=${key}]`);
  if (!link) return false;
  link.click();
}

function remark() {
  const text = document.getElementById("comment");
  if (!text) return false;
  text.focus();
}

function look() {
  const first = document.querySelector("[data-photo]");
  if (!first) return false;
  openPhoto(first);
}

function help() {
  const keys = document.querySelector("[data-keys]");
  keys.open = !keys.open;
}

onKeys({
  j: () => step(1),
  k: () => step(-1),
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
  n: () => follow("n"),
  p: () => follow("p"),
  c: remark,
  o: look,
  "?": help,
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
