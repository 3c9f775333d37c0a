// A report goes out at once, or waits on this device; without an account there is nobody to keep it
// for, and the page says so.
import { Outbox } from "./outbox.js";
import { keepOffline } from "./offline.js";
import { person } from "./session.js";
import { recordOf, sendOrKeep, tell } from "./whole-form.js";

const form = document.querySelector("[data-report]");
const outbox = new Outbox("hazard-report");
const NOWHERE = "请说在哪里：点一处，或写一句。", NOTHING = "选了“其他”，请写一句是什么。";
const NO_NETWORK = "现在没有网络，没有报出去。您填的都还在，有网时再点上报。";
let isBusy = false;

// What the server would refuse for certain is not kept for later.
function gap(data) {
  if (!data.get("place") && !data.get("where").trim()) return NOWHERE;
  return data.get("kind") === "other" && !data.get("text").trim() ? NOTHING : "";
}

async function send(data) {
  const spot = form.querySelector("[name=place]:checked")?.closest("label").querySelector("b").textContent;
  const about = { label: "上报隐患", shown: data.get("where") || spot };
  const { ok, told, isKept } = await sendOrKeep(outbox, await recordOf(form, data, "report_id", about));
  if (ok) location.assign(told.url);
  else if (told) tell(told.message ?? "没有收下，请改好再报。");
  else if (!isKept) tell(NO_NETWORK); // a private window, no room: the form stays as it is
  else {
    form.hidden = true;
    document.querySelector("[data-kept]").hidden = false;
  }
}

form.addEventListener("submit", async (event) => {
  if (!person) {
    if (!navigator.onLine) { event.preventDefault(); tell(NO_NETWORK); }
    return;
  }
  event.preventDefault();
  if (isBusy) return;
  const data = new FormData(form);
  if (event.submitter?.name) data.set(event.submitter.name, event.submitter.value);
  const missing = gap(data);
  tell(missing);
  if (missing) return;
  isBusy = true;
  await send(data).finally(() => { isBusy = false; });
});

if (person) keepOffline();
