// 上报隐患 in three taps, one step at a time. Without this script the page is one plain form.
import "./hazard-send.js";

const form = document.querySelector("[data-report]");
const steps = [...form.querySelectorAll("[data-step]")];
const taps = [...form.querySelectorAll("[data-taps] li")];
const photos = form.elements.photos;
const known = document.getElementById("known"); // what is reported here already; not by a wall's code

function show(number) {
  steps.forEach((step, n) => { step.hidden = n + 1 !== number; });
  taps.forEach((tap, n) => {
    tap.className = n + 1 < number ? "is-ok" : n + 1 === number ? "is-on" : "";
  });
  if (number === 3 && known) htmx.trigger(known, "asked");
  form.querySelector(`[data-step="${number}"] h1`).focus();
}

function taken() {
  form.querySelector("[data-shutter]").textContent = `已拍 ${photos.files.length} 张，再拍一次会换掉`;
  show(2);
}

form.querySelectorAll("[data-skip], [data-next]").forEach((button) => { button.hidden = false; });
form.querySelectorAll("h1").forEach((title) => { title.tabIndex = -1; });
photos.addEventListener("change", () => photos.files.length && taken());
form.querySelector("[data-skip]").addEventListener("click", () => show(2));
form.querySelector("[data-next]")?.addEventListener("click", () => {
  if (form.elements.where.value.trim()) show(3);
  else form.elements.where.focus();
});
form.addEventListener("change", ({ target }) => { if (target.type === "radio") show(3); });
taps.forEach((tap, n) => tap.addEventListener("click", () => show(n + 1)));
// Enter in a text would press the first tile: it goes on to the next step instead
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.name !== "where") return;
  event.preventDefault();
  form.querySelector("[data-next]").click();
});
show(form.querySelector("[role=alert]:not([hidden])") ? 3 : 1);
if (form.querySelector("[role=alert]:not([hidden])")) steps.forEach((step) => { step.hidden = false; }); // all that is wrong in sight
