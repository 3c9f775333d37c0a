// Tell the worker of this site whose page this is, and keep a draft so that it opens without a network.
import { person } from "./session.js";

const workers = navigator.serviceWorker;
const loaded = document.readyState === "complete" ? Promise.resolve()
  : new Promise((then) => addEventListener("load", then, { once: true }));
let keeping = false;

// ``also`` are pages that this one leads to and that need no other files: path and title.
export async function keepOffline(also = []) {
  keeping = true;
  const worker = document.getElementById("again")?.dataset.worker;
  if (!workers || !worker) return; // plain http: the browser offers no worker
  await loaded;
  await workers.register(worker, { scope: "/" });
  const { active } = await workers.ready;
  tell(active, { files: files(), also });
}

function files() {
  const sprite = document.querySelector("svg.bi use")?.href.baseVal.split("#")[0];
  const fetched = performance.getEntriesByType("resource").map((entry) => entry.name);
  const own = fetched.filter((name) => new URL(name).pathname.startsWith("/static/"));
  return [...new Set([...own, ...(sprite ? [new URL(sprite, location.href).href] : [])])];
}

function tell(worker, more = {}) {
  worker?.postMessage({ person, path: location.pathname, title: document.title.split(" · ").slice(0, -1).join(" · "), ...more });
}

if (person && workers?.controller) loaded.then(() => { if (!keeping) tell(workers.controller); });
