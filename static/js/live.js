// A page that stays open and keeps up with what happens: [data-keeps-up] asks again by itself, but not
// while nobody can see it, nor while somebody stands in it with the keyboard.
import { isEnded } from "./session.js";

const stays = (live) => document.hidden || isEnded() || live.contains(document.activeElement);

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.matches("[data-keeps-up]") && stays(event.target)) event.preventDefault();
});

// The log-in page of an ended session is not what was asked for.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { elt, xhr } = event.detail;
  if (elt.matches("[data-keeps-up]") && !xhr.responseText.includes(`id="${elt.id}"`)) event.detail.shouldSwap = false;
});

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  for (const live of document.querySelectorAll("[data-keeps-up]")) window.htmx?.trigger(live, "shown");
});
