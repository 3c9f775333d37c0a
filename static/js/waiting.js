// Everything of this person that waits on this device, and sending it from any page.
import { mint, settle, typed, typedByOthers } from "./outbox.js";
import { sendPhotos } from "./photo-sender.js";
import { mine, ofOthers } from "./photos.js";
import { NoAnswer, isEnded, person, post } from "./session.js";

export async function count() {
  return person ? (await typed()).length + (await mine()).length : 0;
}

export async function countOfOthers() {
  return (await typedByOthers()) + (await ofOthers());
}

// Send what was typed, then the photos. What the server refuses stays, for its person to decide.
export async function sendAll() {
  if (!person || isEnded() || !navigator.onLine || !(await count())) return;
  try {
    const waiting = (await typed()).filter(({ record }) => !record.stale);
    for (const some of bySheet(waiting)) await (some.length > 1 ? sendTogether(some) : sendTyped(some[0]));
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
  }
  await sendPhotos();
  if (!(await count())) noteCleared();
}

// When everything had last gone out, as far as this device remembers.
export function clearedAt() {
  try { return localStorage.getItem(`cleared:${person}`); } catch { return null; }
}

function noteCleared() {
  try { localStorage.setItem(`cleared:${person}`, new Date().toISOString()); } catch { /* not remembered */ }
}

const POINT = /^(\/sheets\/\d+\/)points\/([^/]+)\/save\/$/, MOST = 100; // in one request

// Points of one sheet go out in one request, whatever else by itself.
function bySheet(waiting) {
  const groups = [];
  for (const one of waiting) {
    const sheet = one.record.url.match(POINT)?.[1];
    const open = sheet && groups.find((some) => some.length < MOST && some[0].record.url.match(POINT)?.[1] === sheet);
    if (open) open.push(one);
    else groups.push([one]);
  }
  return groups;
}

// Each has its own answer; one that found the server busy waits for the next time.
async function sendTogether(some) {
  const [, sheet] = some[0].record.url.match(POINT);
  const saves = some.map(({ record }) => ({ code: record.url.match(POINT)[2], ...bodyOf(record) }));
  const { ok, told } = await post(`${sheet}save/`, { saves });
  for (const [n, { key, record }] of some.entries()) {
    const { status, body } = ok ? told.replies[n] : { status: 0, body: told };
    if (status !== 503) await settle(key, record.id, status === 200 ? null : refused(record, body));
  }
}

async function sendTyped({ key, record }) {
  const { ok, told } = await post(record.url, bodyOf(record));
  await settle(key, record.id, ok ? null : refused(record, told));
}

function refused(record, told) {
  if (told.error === "reused") return { ...record, id: mint() };
  if (told.error === "stale") return { ...record, held: true, stale: told };
  return { ...record, held: true, message: told.message ?? "没有收下，请打开看看" };
}

// A mark as JSON; a text, or a whole form with its photos, as a form.
export function bodyOf({ id, base, entry, text, form, files = [], names = [] }) {
  if (entry) return { id, base, ...entry };
  const body = new FormData();
  if (form) {
    for (const [name, value] of Object.entries(form)) body.set(name, value);
    for (const [n, file] of files.entries()) body.append(names[n] ?? "photos", file, file.name);
    return body;
  }
  for (const [name, value] of Object.entries({ id, base, text })) body.set(name, value);
  return body;
}
