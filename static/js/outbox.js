// What is typed is kept on this device before it is sent, and let go only when the server has
// confirmed it. Each account has its own: nothing goes out in another person's name.
import { changed, database, everything } from "./device.js";
import { person } from "./session.js";

const STORE = "answers";
let unwritten = 0;

export class Outbox {
  constructor(place) {
    this.prefix = `${person}:${place}:`;
    this.records = new Map();
    this.known = new Set(); // the ids that passed through here: another tab's newer one is not ours to delete
    this.line = Promise.resolve();
  }

  // Take in what an earlier page or another tab left here.
  async load() {
    await this.line;
    for (const { key, record } of await everything(STORE)) {
      const code = key.slice(this.prefix.length);
      if (key.startsWith(this.prefix) && !this.records.has(code)) this.hold(code, record);
    }
  }

  get(code) {
    return this.records.get(code) ?? null;
  }

  hold(code, record) {
    this.records.set(code, record);
    this.known.add(record.id);
  }

  put(code, record) {
    this.hold(code, record);
    this.write((store) => store.put({ key: this.prefix + code, record }));
  }

  // A newer record for the same point stays.
  confirm(code, id) {
    if (this.get(code)?.id !== id) return false;
    this.drop(code);
    return true;
  }

  drop(code) {
    if (!this.records.delete(code)) return;
    this.write(async (store) => {
      const kept = await store.get(this.prefix + code);
      if (this.known.has(kept?.record.id)) await store.delete(this.prefix + code);
    });
  }

  codes() {
    return [...this.records.keys()];
  }

  // What the device refuses stands in this page only, and the page says so before it is closed.
  write(change) {
    this.line = this.line.then(() => written(change)).then(
      () => { unwritten = 0; },
      () => { unwritten = this.records.size; },
    );
  }
}

async function written(change) {
  const writing = (await database()).transaction(STORE, "readwrite");
  await Promise.all([change(writing.store), writing.done]);
  changed(STORE);
}

// Everything typed by this person that waits, whichever page it was typed on.
export async function typed() {
  return (await everything(STORE)).filter(({ key }) => person && key.startsWith(`${person}:`));
}

export async function typedByOthers() {
  return (await everything(STORE)).filter(({ key }) => !key.startsWith(`${person}:`)).length;
}

// Put another record in the place of this one, or none; a newer one stays.
export async function settle(key, id, record = null) {
  const writing = (await database()).transaction(STORE, "readwrite");
  const kept = await writing.store.get(key);
  if (kept?.record.id === id) await (record ? writing.store.put({ key, record }) : writing.store.delete(key));
  await writing.done;
  changed(STORE);
}

export function mint() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // plain http inside a county's network
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export function clock(at = new Date()) {
  return [at.getHours(), at.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
}

addEventListener("beforeunload", (event) => { if (unwritten) event.preventDefault(); });
