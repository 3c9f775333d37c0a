// The database on this device. A browser that is killed keeps it; localStorage would lose some seconds.
import { openDB } from "../vendor/idb.js";

let opened = null;
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("device") : null;

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

// Tell this page and the other tabs that something came to a store or went.
export function changed(store) {
  document.dispatchEvent(new CustomEvent("device:changed", { detail: store }));
  tabs?.postMessage(store);
}

// Be told of it, whichever tab it was; of one store, or of each.
export function onChange(then, store = "") {
  const hear = (said) => { if (!store || said === store) then(); };
  document.addEventListener("device:changed", ({ detail }) => hear(detail));
  tabs?.addEventListener("message", ({ data }) => hear(data));
}
