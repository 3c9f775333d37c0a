// One scoring point on the page: what its fields say, and how it looks because of that.
const name = (point, field) => `[name="${point.dataset.code}.${field}"]`;
const fields = (point, field) => [...point.querySelectorAll(name(point, field))];
const live = (point, part) => point.querySelector(`[data-live="${part}"]`);
const sprite = document.getElementById("sheet").dataset.sprite;

export const icon = (id) => `<svg class="i bi" aria-hidden="true"><use href="${sprite}#${id}"></use></svg>`;

// How a field's text becomes the input of its kind; the point names its own.
const FORMS = {
  text: (text) => text,
  whole: (text) => (/^\d{1,5}$/.test(text) ? Number(text) : text),
  level: (text) => (text === "none" ? null : Number(text)),
  percent: (text) => text.replace(/%$/, "").trim(),
};

const isChoice = (field) => field.type === "radio";
const chosen = (point) => fields(point, "value").find((field) => isChoice(field) && field.checked);
const isMarkedNa = (point) => fields(point, "na")[0].checked;

export function value(point) {
  const [first] = fields(point, "value");
  return isChoice(first) ? chosen(point)?.value ?? "" : first.value.normalize("NFKC").trim();
}

export function setValue(point, text) {
  const [first, ...others] = fields(point, "value");
  if (!isChoice(first)) first.value = text;
  else for (const radio of [first, ...others]) radio.checked = radio.value === text;
}

export function entry(point) {
  return {
    inputs: inputs(point, value(point)),
    not_applicable: isMarkedNa(point),
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

function inputs(point, text) {
  const { input, form } = point.dataset;
  return text === "" ? {} : { [input]: FORMS[form](text) };
}

// The row, judgement or step of the ladder that the fields stand for.
function reached(point) {
  if (isChoice(fields(point, "value")[0])) return chosen(point);
  const number = numberOf(point);
  const steps = [...point.querySelectorAll(".ladder li")].filter((step) => Number(step.dataset.from) <= number);
  return number === null ? undefined : steps.at(-1);
}

function numberOf(point) {
  const text = FORMS[point.dataset.form](value(point));
  return text === "" || Number.isNaN(Number(text)) ? null : Number(text);
}

// The points the fields are worth, as far as the page can tell; the server decides.
export function worth(point) {
  const { base, slope, floor, full } = point.dataset, number = numberOf(point);
  if (slope && number !== null) return Math.min(Number(full), Math.max(Number(floor), Number(base) + Number(slope) * number));
  const step = reached(point);
  return step ? Number(step.dataset.points) : null;
}

// Whether what is entered has to be explained: points lost, or a judgement that is not good.
function isShort(point) {
  const points = worth(point), choice = chosen(point);
  return choice ? "short" in choice.dataset : points !== null && points < Number(point.dataset.full);
}

export function paint(point) {
  const points = worth(point), full = Number(point.dataset.full), text = value(point);
  const lost = points === null || points >= full ? 0 : full - points, short = isShort(point), na = isMarkedNa(point);
  const reason = fields(point, "reason")[0], always = reason.closest(".is-always") !== null, step = reached(point);
  point.classList.toggle("is-less", short);
  for (const tap of point.querySelectorAll("[data-set]")) {
    tap.setAttribute("aria-pressed", String(text !== "" && Number(text) === Number(tap.dataset.set)));
  }
  point.querySelector(".stepper")?.classList.toggle("is-on", lost > 0 && lost < full);
  for (const one of point.querySelectorAll(".ladder li")) one.classList.toggle("is-on", one === step);
  live(point, "label").textContent = na ? "不适用的原因" : lost ? `扣 ${+lost.toFixed(2)} 分的原因` : always ? point.dataset.asks : "扣分或不适用的原因";
  live(point, "why").textContent = short || na || always ? reason.value : "";
}

// What the server says the point is worth, and why.
export function tell(point, words) {
  live(point, "told").textContent = isMarkedNa(point) ? "" : words;
}

// The answer in words, for a list.
export function words(point) {
  if (isMarkedNa(point)) return "不适用";
  return chosen(point)?.dataset.word ?? (worth(point) === null ? "清空" : `${worth(point)} 分`);
}

// A row or a step that loses points brings its reason along, unless one is written already.
export function suggestReason(point) {
  const reason = fields(point, "reason")[0], step = reached(point);
  const suggested = [...point.querySelectorAll("[data-reason][data-points]")].map((row) => row.dataset.reason);
  if (step?.dataset.reason !== undefined && (reason.value === "" || suggested.includes(reason.value))) reason.value = step.dataset.reason;
}

// One step up or down; between 0 and the least there is nothing, and an empty field begins at an end.
export function step(point, by) {
  const { low, most, slope, full } = point.dataset, now = numberOf(point), earns = Number(slope) > 0;
  if (now === null) return setValue(point, by > 0 ? String(earns ? by : Math.max(by, Number(low))) : earns ? String(Number(full) + by) : "0");
  const next = Math.min(Number(most), Math.max(0, +(now + by).toFixed(2)));
  return setValue(point, String(next > 0 && next < Number(low) ? (by > 0 ? Number(low) : 0) : next));
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
  const [sign, word] = state === "disputed" ? ["people", "待组长裁定"] : done ? ["check-lg", "已填"] : ["circle", lacking(point, state)];
  live(point, "mark").innerHTML = `${icon(sign)}<span class="vh"></span>`;
  live(point, "mark").lastElementChild.textContent = word;
}

function lacking(point, state) {
  const { full, asks } = point.dataset;
  if (state === "open") return Number(full) ? `未填 · ${full} 分` : "未填";
  return `没写${isMarkedNa(point) ? "不适用的原因" : asks}`;
}

// What it lacks, as its mark says it.
export const why = (point) => live(point, "mark").textContent;

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
  setEntry(point, entry(fresh));
}
