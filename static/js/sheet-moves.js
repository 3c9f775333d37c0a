// Moving about the sheet: the next open point, the section in sight, the chosen point at a desk.
import { name } from "./sheet-kit.js";

const desk = matchMedia("(min-width: 1000px)");

export function go(event) {
  const points = [...document.querySelectorAll(".crit:not(.is-done)")];
  if (!points.length) return;
  event.preventDefault();
  const line = document.querySelector(".crit.is-on") ?? null;
  const after = points.find((point) => line ? line.compareDocumentPosition(point) & Node.DOCUMENT_POSITION_FOLLOWING : point.getBoundingClientRect().top > 150);
  choose(after ?? points[0], true);
}

export function track(form) {
  addEventListener("hashchange", () => choose(document.getElementById(location.hash.slice(1))));
  form.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) return choose(null);
    return choose(event.target.closest(".crit"));
  });
  // A pressed button takes the focus before the click; moving the page then would lose the click.
  let pressing = false;
  form.addEventListener("pointerdown", () => { pressing = true; });
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => setTimeout(() => { pressing = false; }));
  form.addEventListener("focusin", (event) => { if (!pressing) choose(event.target.closest(".crit")); });
  document.getElementById("missing").addEventListener("click", (event) => {
    if (event.target.closest("a")) document.getElementById("missing").hidePopover?.();
  });
  const seen = new IntersectionObserver(mark, { rootMargin: "-30% 0px -60% 0px" });
  for (const section of document.querySelectorAll("tr[data-section]")) seen.observe(section);
  choose(document.getElementById(location.hash.slice(1)) ?? document.querySelector(".crit:not(.is-done)") ?? document.querySelector(".crit"));
}

function choose(point, scroll = false) {
  if (point && !point.classList.contains("crit")) return;
  for (const on of document.querySelectorAll(".crit.is-on")) if (on !== point) on.classList.remove("is-on");
  if (point) name(point);
  point?.classList.add("is-on");
  if (!scroll || !point) return;
  point.scrollIntoView({ block: desk.matches ? "center" : "start", behavior: "smooth" });
  // On a phone the keyboard would cover the one-tap answers.
  point.querySelector(desk.matches ? ".crit-in input" : ".tap, .crit-in input")?.focus({ preventScroll: true });
}

function mark(entries) {
  for (const entry of entries.filter((one) => one.isIntersecting)) {
    for (const link of document.querySelectorAll(".steps a")) {
      const here = link.dataset.section === entry.target.dataset.section;
      link.toggleAttribute("aria-current", here);
      if (here) link.setAttribute("aria-current", "step");
    }
  }
}
