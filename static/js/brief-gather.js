// 归集. Without script every button brings the whole page; here only what stands in #gather changes,
// and the place and the focus stay. Keys: J K T X M, and Alt with the arrows; sentences are dragged.
import { NoAnswer, csrf, end, person } from "./session.js";

let busy = false, dragged = null;
const root = () => document.getElementById("gather");
const rows = () => [...document.querySelectorAll(".bf-said")];

async function send(form, button) {
  if (busy) return;
  busy = true;
  root().setAttribute("aria-busy", "true");
  const at = rows().findIndex((row) => row.contains(document.activeElement));
  try {
    const body = new FormData(form, button);
    const url = button?.hasAttribute("formaction") ? button.formAction : form.action;
    const headers = { "X-CSRFToken": csrf(), "X-Page-Person": person, "HX-Request": "true" };
    const response = await fetch(url, { method: "POST", body, headers });
    if (response.status === 401) { end(await response.json().catch(() => ({}))); return; }
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("gather");
    if (!fresh) throw new NoAnswer("no page");
    root().replaceWith(document.adoptNode(fresh));
    if (at >= 0) focus(Math.min(at, rows().length - 1));
    else if (button?.name === "up" || button?.name === "down") document.querySelector(`#t${button.value} textarea`)?.focus();
  } catch {
    form.submit();
  } finally {
    busy = false;
    root().removeAttribute("aria-busy");
  }
}

function focus(at) {
  rows()[at]?.querySelector("input")?.focus();
  rows()[at]?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("submit", (event) => {
  if (!event.target.closest("#gather")) return;
  event.preventDefault();
  send(event.target, event.submitter);
});

document.addEventListener("keydown", (event) => {
  const item = event.target.closest?.("#taken li");
  if (item && event.altKey && ["ArrowUp", "ArrowDown"].includes(event.key)) {
    event.preventDefault();
    item.querySelector(event.key === "ArrowUp" ? "[name=up]" : "[name=down]").click();
  }
  if (event.target.matches("textarea, input:not([type=checkbox]), select") || event.ctrlKey || event.metaKey || event.altKey) return;
  const all = rows(), at = all.findIndex((row) => row.contains(document.activeElement)), key = event.key.toLowerCase();
  if (key === "j") focus(Math.min(at + 1, all.length - 1));
  else if (key === "k") focus(Math.max(at - 1, 0));
  else if (key === "m") root().querySelector("form.dk-stack").requestSubmit(root().querySelector(".bf-bulk .btn"));
  else if (at >= 0) all[at].querySelector(`[data-key="${key}"]`)?.click();
});

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("#taken li") ?? null;
  dragged?.classList.add("moving");
});
document.addEventListener("dragover", (event) => {
  const over = event.target.closest?.("#taken li");
  if (!dragged || !over) return;
  event.preventDefault();
  const box = over.getBoundingClientRect();
  if (over !== dragged) over[event.clientY > box.top + box.height / 2 ? "after" : "before"](dragged);
});
document.addEventListener("dragend", () => {
  if (dragged) send(document.getElementById("taken"), null);
  dragged = null;
});
