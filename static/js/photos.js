// Photos and files that wait on this device: in IndexedDB, known by the hash of their content, until
// the server has said that it holds the same bytes.
import { changed, database, everything } from "./device.js";
import { clock, mint } from "./outbox.js";
import { person } from "./session.js";

const STORE = "files";
const memory = new Map(); // where the device refuses to store: gone with the page, and said so
export class NoRoom extends Error {}

// Keep one file; the same content at the same place is the same file. ``about`` says where it goes:
// url, and for the list of what waits unit, page, code. Throws NoRoom if it stands only in this page.
export async function keep(file, about) {
  const bytes = await file.arrayBuffer();
  const hash = await digest(bytes);
  const known = (await mine()).find((one) => one.url === about.url && one.hash === hash && !one.refused && hash);
  if (known) return known;
  const record = {
    ...about, id: mint(), person, hash, name: file.name, type: file.type, size: file.size, at: clock(),
    blob: new Blob([bytes], { type: file.type }),
  };
  await put(record);
  navigator.storage?.persist?.().catch(() => false);
  changed(STORE);
  return record;
}

async function put(record) {
  try {
    const db = await database();
    const writing = db.transaction(STORE, "readwrite", { durability: "strict" });
    await Promise.all([writing.store.put(record), writing.done]);
    memory.delete(record.id);
  } catch (error) {
    memory.set(record.id, record);
    changed(STORE);
    throw new NoRoom(error.name);
  }
}

export async function refuse(record, message) {
  await put({ ...record, refused: message }).catch(() => null);
  changed(STORE);
}

export async function drop(id) {
  memory.delete(id);
  await (await database().catch(() => null))?.delete(STORE, id);
  changed(STORE);
}

// This person's, oldest first.
export async function mine() {
  return (await all()).filter((record) => record.person === person);
}

export async function ofOthers() {
  return (await all()).filter((record) => record.person !== person).length;
}

export const onlyInPage = (id) => memory.has(id);

async function all() {
  const kept = await everything(STORE);
  const stored = new Set(kept.map((record) => record.id));
  return [...kept, ...[...memory.values()].filter((record) => !stored.has(record.id))];
}

// Without https the browser has no hash to offer; the id still keeps a repeat out.
async function digest(bytes) {
  if (!crypto.subtle) return "";
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

addEventListener("beforeunload", (event) => { if (memory.size) event.preventDefault(); });
