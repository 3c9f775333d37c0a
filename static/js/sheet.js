// The scoring sheet: every answer saves itself, survives a closed tab, and sees its colleagues'.
import { Outbox, clock, mint } from "./outbox.js";
import { NoAnswer, end, isEnded, names, onBack, onEnd, post } from "./session.js";
import * as face from "./sheet-point.js";
import { showFigures } from "./sheet-figures.js";
import { address, furnish } from "./sheet-kit.js";
import { offer } from "./sheet-conflict.js";
import { take, watch } from "./sheet-files.js";
import { count } from "./waiting.js";
import { onChange } from "./device.js";
import { keepOffline } from "./offline.js";
import { go, track } from "./sheet-moves.js";
import { tellChecks } from "./sheet-checks.js";

const form = document.getElementById("sheet"), banner = document.getElementById("banner");
const { sheet, me, changes, here, annex } = form.dataset;
const unit = document.querySelector(".appbar-title b").textContent;
const outbox = new Outbox(`sheet:${sheet}`), timers = new Map(), ours = new Set(); // the ids whose content stands in the fields
const WAIT = 700, POLL = 5000;
let line = Promise.resolve(), edits = form.dataset.edits, pause = 0, retrying = 0, counted = 0, place = { code: "", at: 0 };

const pointOf = (code) => document.querySelector(`.pt[data-code="${code}"]`);

// What the list of everything that waits says of a point, and where it leads.
function about(point) {
  const { code, item } = point.dataset, order = code.split("-")[1];
  const page = `${location.pathname}#${point.id}`;
  return { unit, page, code, label: `${annex} 第 ${item} 项${order ? `第 ${order} 点` : ""}` };
}

function edited(point, wait = 0) {
  const code = point.dataset.code;
  face.fault(point);
  face.paint(point);
  outbox.put(code, {
    ...about(point), url: address(point, "save/"), shown: face.words(point), at: clock(),
    id: mint(), base: Number(point.dataset.version), entry: face.entry(point),
  });
  ours.add(outbox.get(code).id);
  face.say(point, "local", `${clock()} 我`);
  clearTimeout(timers.get(code));
  timers.set(code, setTimeout(send, wait, code));
  showSync();
}

// One save at a time: the sheet counts its edits, and quick taps would only stand in each other's way.
function send(code) {
  line = line.then(() => sendNow(code)).catch(reportError); // one that fails does not stop the others
}

async function sendNow(code) {
  const record = outbox.get(code), point = pointOf(code);
  if (!record || record.held || !point) return;
  if (isEnded() || !navigator.onLine) return waiting(point, record);
  face.say(point, "saving");
  try {
    const { ok, told } = await post(address(point, "save/"), { id: record.id, base: record.base, ...record.entry });
    pause = 0;
    if (ok) confirmed(point, record, told);
    else refused(point, record, told);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    waiting(point, record);
  }
  showSync();
}

function refused(point, record, told) {
  const code = point.dataset.code;
  if (told.error === "stale") return stale(point, record, told);
  if (outbox.get(code)?.id === record.id) {
    if (told.error === "reused") return outbox.put(code, { ...record, id: mint() });
    outbox.put(code, { ...record, held: true, message: told.message });
  }
  if (told.message) face.fault(point, told.message);
  return face.say(point, "failed");
}

function confirmed(point, record, told) {
  const last = outbox.confirm(point.dataset.code, record.id);
  point.dataset.version = Math.max(point.dataset.version, told.point.version);
  edits = String(told.edits);
  face.stand(point, told.point.state, told.point.done);
  face.tell(point, told.point.explanation);
  showFigures(told);
  tellChecks(form);
  if (!last) return;
  if (told.point.state === "disputed" || told.marks.length > 1 || !ours.has(record.id)) refresh(point);
  else face.say(point, told.point.state === "open" ? "empty" : "saved", `${told.point.at} ${me}`);
}

function stale(point, record, told) {
  const held = { ...record, held: true, stale: told };
  if (outbox.get(point.dataset.code)?.id === record.id) outbox.put(point.dataset.code, held);
  conflict(point, record, told);
}

function conflict(point, record, told) {
  face.say(point, "disputed");
  point.classList.add("is-conflict");
  offer(point, told, (chosen) => {
    point.dataset.version = told.version;
    face.setEntry(point, chosen === "mine" ? record.entry : { ...told.theirs, note: record.entry.note });
    edited(point);
  });
}

function waiting(point, record) {
  face.say(point, "local", `${record.at} 我`);
  showSync();
  if (retrying || isEnded()) return;
  pause = Math.min(60000, pause * 2 || 2000);
  retrying = setTimeout(resend, pause);
}

async function resend() {
  clearTimeout(retrying);
  retrying = 0;
  await outbox.load();
  for (const code of outbox.codes()) send(code);
}

async function refresh(point) {
  const response = await fetch(address(point), { headers: { Accept: "text/html" } }).catch(() => null);
  if (!response?.ok) return;
  const holder = document.createElement("template");
  holder.innerHTML = await response.text();
  const fresh = holder.content.querySelector(".crit"), older = Number(fresh.dataset.version) < Number(point.dataset.version);
  const busy = older || outbox.get(point.dataset.code) || point.contains(document.activeElement) && document.activeElement.matches("textarea");
  face.renew(point, fresh, { withFields: !busy });
}

async function poll() {
  if (document.hidden || isEnded() || !navigator.onLine) return;
  showSync();
  const response = await fetch(`${changes}?since=${edits}`, { headers: names() }).catch(() => null);
  const told = await response?.json().catch(() => null);
  if (response?.status === 401) end(told ?? {});
  if (!response?.ok || !told) return;
  if (!told.editable) return location.reload();
  showMates(told.filling);
  if (!told.versions) return;
  edits = String(told.edits);
  const changed = Object.entries(told.versions).filter(([code, version]) => Number(pointOf(code)?.dataset.version) < version && !outbox.get(code));
  await Promise.all(changed.map(([code]) => refresh(pointOf(code))));
  showFigures(told);
}

function showMates(filling) {
  for (const point of form.querySelectorAll(".crit")) {
    const name = filling[`point:${point.dataset.code}`] ?? "";
    const open = point.classList.contains("is-open") && face.value(point) === "";
    if (name && open) face.say(point, "mate", name);
    else if (point.dataset.filling && open) face.say(point, "empty");
    point.dataset.filling = name;
  }
}

function tellPlace(code) {
  if (!navigator.onLine || isEnded() || (place.code === code && Date.now() - place.at < 15000)) return;
  place = { code, at: Date.now() };
  const body = new URLSearchParams({ slot: `point:${code}` });
  fetch(here, { method: "POST", headers: names(), body }).catch(() => null);
}

async function showSync() {
  const turn = ++counted, left = Math.max(await count(), outbox.codes().length), sync = document.getElementById("sync");
  if (turn !== counted) return; // a later count is on its way
  const [state, sign, word] = isEnded() ? ["local", "person-lock", `未上传 ${left}`]
    : !navigator.onLine ? ["off", "wifi-off", "离线"]
    : left ? ["local", "cloud-arrow-up", `未上传 ${left}`] : ["ok", "cloud-check", "已上传"];
  sync.className = `sync is-${state}`;
  if (sync.textContent !== word) sync.innerHTML = `${face.icon(sign)}<span role="status">${word}</span>`;
  showBanner(isEnded() ? "ended" : navigator.onLine ? "" : "away", left);
}

const BANNERS = {
  "": "",
  ended: `<span>登录已过期，填的内容没有丢，<b data-left></b> 项存在本机。登录后自动上传。</span><button type="button" class="tool" data-log-in>重新登录</button>`,
  away: `<span>没有网络，可以继续填。内容存在本机，联网后自动上传。</span>`,
};

// A button that is drawn anew while it is pressed would lose the press: only the number changes.
function showBanner(kind, left) {
  if (banner.dataset.kind !== kind) banner.innerHTML = BANNERS[kind];
  banner.dataset.kind = kind;
  banner.hidden = !kind;
  banner.querySelector("[data-left]")?.replaceChildren(String(left));
}

form.addEventListener("input", (event) => {
  const point = event.target.closest(".crit");
  if (!point || event.target.type === "file") return;
  if (event.target.name.endsWith(".value")) face.suggestReason(point);
  edited(point, ["radio", "checkbox"].includes(event.target.type) ? 0 : WAIT);
});
form.addEventListener("change", (event) => {
  if (event.target.dataset.upload) take(event.target, about(event.target.closest(".crit")));
});
form.addEventListener("focusin", (event) => {
  const point = event.target.closest(".crit");
  if (point) tellPlace(point.dataset.code);
});
form.addEventListener("focusout", (event) => {
  const code = event.target.closest(".crit")?.dataset.code;
  if (code && timers.has(code) && outbox.get(code)) { clearTimeout(timers.get(code)); send(code); }
});
form.addEventListener("keydown", (event) => {
  const point = event.target.closest(".crit");
  if (!point || !event.target.inputMode) return;
  const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
  if (event.key === "Enter") event.preventDefault();
  if (!by) return;
  event.preventDefault();
  press(point, { step: by * Number(point.dataset.step) });
});
form.addEventListener("submit", (event) => { event.preventDefault(); resend(); });
form.addEventListener("click", (event) => {
  const evidence = event.target.closest('[data-live="evidence"]');
  if (evidence) return photograph(event, evidence.closest(".crit"));
  const button = event.target.closest("button"), point = event.target.closest(".crit");
  if (!button || !point) return;
  event.preventDefault();
  if ("retry" in button.dataset) return retry(point);
  if ("adopt" in button.dataset) return adopt(point, button.dataset);
  if ("note" in button.dataset) return point.classList.toggle("has-note") && point.querySelector(".crit-note textarea").focus();
  press(point, button.dataset, button.textContent);
});

// 佐证 of a point that has none takes a photo, here and offline; else it leads to the list of them.
function photograph(event, point) {
  const input = point.querySelector("[data-upload]");
  if (!input || (point.querySelector(".strip.has-files") && navigator.onLine)) return;
  event.preventDefault();
  input.click();
}

function press(point, { set, step, chip }, text = "") {
  if (set !== undefined) face.setValue(point, set);
  else if (step !== undefined) face.step(point, Number(step));
  else if (chip !== undefined) point.querySelector(".reason textarea").value += text;
  else return;
  face.suggestReason(point);
  edited(point);
}

function adopt(point, { value, na, reason }) {
  face.setValue(point, value);
  point.querySelector(".na-box").checked = na === "1";
  point.querySelector(".reason textarea").value = reason;
  edited(point);
}

// What an earlier page left: into the fields, and on its way.
function takeUp(code) {
  const record = outbox.get(code), point = pointOf(code);
  if (!point) return;
  ours.add(record.id);
  face.setEntry(point, record.entry);
  face.say(point, "local", `${record.at} 我`);
  if (record.stale) conflict(point, record, record.stale);
  else if (record.held) outbox.put(code, { ...record, held: false });
}

function retry(point) {
  const record = outbox.get(point.dataset.code);
  if (record) outbox.put(point.dataset.code, { ...record, held: false });
  send(point.dataset.code);
}

addEventListener("online", () => { pause = 0; showSync(); resend(); });
addEventListener("offline", showSync);
document.addEventListener("visibilitychange", () => { if (!document.hidden && !isEnded()) { resend(); poll(); } });
onEnd(showSync);
onBack(() => { pause = 0; showSync(); resend(); poll(); });
for (const point of form.querySelectorAll(".crit")) furnish(point);
watch(form, refresh);
onChange(showSync); // what another tab has sent waits no longer here
track(form);
keepOffline();
await outbox.load();
for (const code of outbox.codes()) takeUp(code);
document.getElementById("next").addEventListener("click", go);
showSync();
resend();
setInterval(poll, POLL);
