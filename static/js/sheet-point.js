// One scoring point on the page: what its fields say, and how it looks because of that.
const name = (point, field) => `[name="${point.dataset.code}.${field}"]`;
const fields = (point, field) => [...point.querySelectorAll(name(point, field))];
const live = (point, part) => point.querySelector(`[data-live="${part}"]`);
const sprite = document.getElementById("sheet").dataset.sprite;

export const icon = (id) => `<svg class="i bi" aria-hidden="true"><use href="${sprite}#${id}"></use></svg>`;

export function value(point) {
  if (point.dataset.kind === "tiers") return fields(point, "value").find((f) => f.checked)?.value ?? "";
  return (fields(point, "value")[0]?.value ?? "").normalize("NFKC").trim();
}

export function setValue(point, text) {
  if (point.dataset.kind !== "tiers") fields(point, "value")[0].value = text;
  else for (const radio of fields(point, "value")) radio.checked = radio.value === text;
}

export function entry(point) {
  return {
    inputs: inputs(point.dataset.kind, value(point)),
    not_applicable: fields(point, "na")[0].checked,
    reason: fields(point, "reason")[0].value.trim(),
    note: fields(point, "note")[0].value.trim(),
  };
}

export function setEntry(point, said) {
  const given = Object.values(said.inputs);
  setValue(point, given.length === 0 ? "" : given[0] === null ? "none" : String(given[0]));
  fields(point, "na")[0].checked = said.not_applicable;
  fields(point, "reason")[0].value = said.reason;
  fields(point, "note")[0].value = said.note ?? fields(point, "note")[0].value;
  paint(point);
}

function inputs(kind, text) {
  if (text === "") return {};
  if (kind === "award") return { points: text };
  if (kind === "tiers") return { level: text === "none" ? null : Number(text) };
  return { count: /^\d{1,5}$/.test(text) ? Number(text) : text };
}

// The points the fields are worth, as far as the page can tell; the server decides.
export function worth(point) {
  const text = value(point);
  if (text === "") return null;
  if (point.dataset.kind === "award") return Number.isNaN(Number(text)) ? null : Number(text);
  if (point.dataset.kind === "tiers") return Number(fields(point, "value").find((f) => f.checked).dataset.points);
  return Number(reached(point)?.dataset.points ?? 0);
}

function reached(point) {
  const count = Number(value(point));
  const steps = [...point.querySelectorAll(".ladder li")].filter((step) => Number(step.dataset.from) <= count);
  return value(point) === "" ? null : steps.at(-1);
}

export function paint(point) {
  const points = worth(point), full = Number(point.dataset.full), text = value(point);
  const lost = points === null || points >= full ? 0 : full - points;
  const na = fields(point, "na")[0].checked;
  point.classList.toggle("is-less", lost > 0);
  for (const tap of point.querySelectorAll("[data-set]")) {
    tap.setAttribute("aria-pressed", String(text !== "" && Number(text) === Number(tap.dataset.set)));
  }
  point.querySelector(".stepper")?.classList.toggle("is-on", lost > 0 && lost < full);
  for (const step of point.querySelectorAll(".ladder li")) step.classList.toggle("is-on", step === reached(point));
  live(point, "label").textContent = na ? "不适用的原因" : lost ? `扣 ${+lost.toFixed(2)} 分的原因` : "扣分或不适用的原因";
  live(point, "why").textContent = lost || na ? fields(point, "reason")[0].value : "";
}

// The answer in words, for a list.
export function words(point) {
  if (fields(point, "na")[0].checked) return "不适用";
  return worth(point) === null ? "清空" : `${worth(point)} 分`;
}

// A row or a step that loses points brings its reason along, unless one is written already.
export function suggestReason(point) {
  const reason = fields(point, "reason")[0];
  const chosen = point.dataset.kind === "tiers" ? fields(point, "value").find((f) => f.checked) : reached(point);
  const suggested = [...point.querySelectorAll("[data-reason][data-points]")].map((row) => row.dataset.reason);
  if (chosen && (reason.value === "" || suggested.includes(reason.value))) reason.value = chosen.dataset.reason;
}

export function step(point, by) {
  const full = point.dataset.kind === "award" ? Number(point.dataset.full) : 9999;
  const now = value(point), from = now === "" ? (by > 0 ? 0 : full) : Number(now);
  if (now === "" && point.dataset.kind === "count") return setValue(point, by > 0 ? "1" : "0");
  return setValue(point, String(Math.min(full, Math.max(0, +(from + by).toFixed(2)))));
}

const WORDS = {
  saving: () => `<span class="spin" aria-hidden="true"></span>正在保存…`,
  saved: (text) => `<span class="is-ok">${icon("check-lg")}</span>${text}`,
  local: (text) => `${icon("phone")}已存本机 ${text}`,
  failed: (text) => `<button type="button" data-retry>${icon("exclamation-octagon")}${text || "没存上，点此重试"}</button>`,
  disputed: () => `<span class="is-conflict">${icon("people")}填得不一样，待组长裁定</span>`,
  empty: () => `${icon("circle")}未填`,
  mate: (text) => `${icon("person-fill")}${text}正在填`,
};

export function say(point, state, text = "") {
  const place = live(point, "saved");
  const safe = document.createElement("i");
  safe.textContent = text;
  place.className = `saved is-${state}${state === "failed" ? " is-error" : ""}`;
  place.innerHTML = WORDS[state](safe.innerHTML);
}

export function fault(point, text = "") {
  point.classList.toggle("is-error", text !== "");
  live(point, "error").textContent = text;
}

// A point as it stands for the sheet: done, open or disputed.
export function stand(point, state, done) {
  point.classList.toggle("is-done", done);
  point.classList.toggle("is-conflict", state === "disputed");
  point.classList.toggle("is-open", !done && state !== "disputed");
  const [sign, word] = state === "disputed" ? ["people", "待组长裁定"] : done ? ["check-lg", "已填"] : ["circle", "还差"];
  live(point, "mark").innerHTML = `${icon(sign)}<span class="vh">${word}</span>`;
  point.dataset.why = state === "disputed" ? "待组长裁定" : state === "open" ? `未填 · ${point.dataset.full} 分` : "没写原因";
}

// Take what a colleague changed from the server's own picture of the point.
export function renew(point, fresh, { withFields }) {
  for (const part of fresh.querySelectorAll("[data-live]")) {
    const old = live(point, part.dataset.live);
    if (old && (withFields || ["mates", "files", "evidence"].includes(part.dataset.live))) {
      old.innerHTML = part.innerHTML;
      old.className = part.className;
    }
  }
  point.querySelector(".strip")?.classList.toggle("has-files", fresh.querySelector(".strip")?.classList.contains("has-files"));
  if (!withFields) return;
  for (const state of ["is-done", "is-open", "is-conflict"]) point.classList.toggle(state, fresh.classList.contains(state));
  point.dataset.version = fresh.dataset.version;
  point.dataset.why = fresh.dataset.why;
  setEntry(point, entry(fresh));
}
