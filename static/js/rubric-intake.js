// Checking a table that was brought in: every change is saved and the sums are told anew; J and K
// go from doubt to doubt. Without script the buttons of the page do the same.
import { onKeys } from "./keys.js";

const form = document.getElementById("intake");
let here = -1;
let waiting = 0;
let flying = 0; // saves on their way
let sending = Promise.resolve();

const doubts = () => [...form.querySelectorAll(".ri-q")].filter((q) => q.offsetParent);
const isOpen = (doubt) => !doubt.classList.contains("is-settled");

function showLine(id) {
  form.querySelectorAll(".ri-src .is-here").forEach((line) => line.classList.remove("is-here"));
  const line = id && document.getElementById(id);
  if (!line) return;
  line.classList.add("is-here");
  const box = line.closest(".ri-src");
  box.scrollTop += line.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
}

function lineOf(node) {
  return node.dataset.line || node.closest("[data-line]")?.dataset.line || node.parentElement.closest("section")?.querySelector("[data-line]")?.dataset.line;
}

function go(step) {
  const found = doubts();
  const open = found.filter(isOpen);
  const among = open.length ? open : found;
  if (!among.length) return;
  const at = among.indexOf(found[here]);
  const passed = found.slice(0, Math.max(here, 0)).filter((q) => among.includes(q)).length;
  const next = at >= 0 ? at + step : here < 0 ? (step > 0 ? 0 : -1) : step > 0 ? passed : passed - 1;
  const doubt = among[(next + among.length) % among.length];
  here = found.indexOf(doubt);
  found.forEach((q) => q.classList.toggle("is-here", q === doubt));
  doubt.querySelector("input").focus({ preventScroll: true });
  doubt.scrollIntoView({ block: "center" });
  showLine(lineOf(doubt));
}

function tell(page) {
  const focus = document.activeElement?.id;
  for (const fresh of page.querySelectorAll("[data-live][id]")) {
    const old = document.getElementById(fresh.id);
    if (old && old.outerHTML !== fresh.outerHTML) old.replaceWith(document.importNode(fresh, true));
  }
  for (const fresh of page.querySelectorAll("[data-source]")) {
    const cell = document.getElementById(fresh.id);
    const isHere = cell.classList.contains("is-here");
    cell.className = fresh.className;
    cell.classList.toggle("is-here", isHere);
  }
  if (focus && document.activeElement?.id !== focus) document.getElementById(focus)?.focus({ preventScroll: true });
}

async function save() {
  const reply = await fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  if (!page.getElementById("intake")) return; // logged out: the buttons say so
  if (page.getElementById("revision").value !== String(form.elements.revision.value) || reply.status === 422) tell(page);
  document.getElementById("saved").textContent = reply.ok ? "已保存" : "有要改的，还没有保存";
}

form.addEventListener("change", (event) => {
  const doubt = event.target.closest(".ri-q");
  if (event.target.id === "only-open") return;
  if (doubt) doubt.classList.toggle("is-settled", event.target.type === "checkbox" ? event.target.checked : event.target.value !== "");
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    flying += 1;
    sending = sending.then(save).catch(() => {}).finally(() => { flying -= 1; });
  }, 150);
});
form.addEventListener("submit", (event) => {
  clearTimeout(waiting);
  if (!flying) return;
  event.preventDefault(); // what is on its way makes the page's revision an old one
  sending.then(() => form.requestSubmit(event.submitter));
});
form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-step]");
  if (button) return go(Number(button.dataset.step));
  const point = event.target.closest("[data-line]");
  if (point && !event.target.closest("input, select, textarea, label, summary")) {
    showLine(point.dataset.line);
    if (event.target.closest("a")) event.preventDefault();
  }
});
onKeys({ j: () => go(1), k: () => go(-1) });
