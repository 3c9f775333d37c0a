// The database on this device. A browser that is killed keeps it; localStorage would lose some seconds.
import { openDB } from "../vendor/idb.js";

let opened = null;

export function database() {
  opened ??= openDB("chabaocu", 1, {
    upgrade(db) {
      db.createObjectStore("answers", { keyPath: "key" });
      db.createObjectStore("files", { keyPath: "id" });
    },
    blocking() { opened?.then((db) => db.close()); opened = null; },
    terminated() { opened = null; }, // a phone short of memory closes it under a living page
  }).catch((error) => { opened = null; throw error; });
  return opened;
}

// Everything of one store; nothing where the browser has closed its storage to us.
export async function everything(store) {
  const db = await database().catch(() => null);
  return await db?.getAll(store).catch(() => []) ?? [];
}
