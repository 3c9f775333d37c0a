// What the unit said of itself (自查), told of a point only once its member has marked it.
// The server decides which those are; without it, as offline, nothing is told.
import { names } from "./session.js";

const WAIT = 400;
let asked = 0;

export function tellChecks(form) {
  if (!form.dataset.checks) return;
  clearTimeout(asked);
  asked = setTimeout(ask, WAIT, form);
}

async function ask(form) {
  const response = await fetch(form.dataset.checks, { headers: names() }).catch(() => null);
  const told = response?.ok ? await response.json().catch(() => null) : null;
  if (!told) return;
  for (const place of form.querySelectorAll('[data-live="check"]')) {
    place.textContent = told.checks[place.closest(".crit").dataset.code] ?? "";
  }
}
