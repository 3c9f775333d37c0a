// A report goes out at once. Without a network it waits on this device, under its person, and is
// sent from any page; without an account there is nobody to keep it for, and the page says so.
import { Outbox, clock, mint, typed } from "./outbox.js";
import { keepOffline } from "./offline.js";
import { NoAnswer, person, post } from "./session.js";
import { bodyOf } from "./waiting.js";

const form = document.querySelector("[data-report]");
const outbox = new Outbox("hazard-report");
const NOWHERE = "请说在哪里：点一处，或写一句。", NOTHING = "选了“其他”，请写一句是什么。";
const NO_NETWORK = "现在没有网络，没有报出去。您填的都还在，有网时再点上报。";
let isBusy = false;

function tell(message) {
  const note = document.querySelector("[data-refused]");
  note.hidden = !message;
  note.querySelector("[data-words]").textContent = message;
  if (message) note.scrollIntoView({ block: "center" });
}

// What the server would refuse for certain is not kept for later.
function gap(data) {
  if (!data.get("place") && !data.get("where").trim()) return NOWHERE;
  return data.get("kind") === "other" && !data.get("text").trim() ? NOTHING : "";
}

async function recordOf(data) {
  const files = [];
  for (const photo of data.getAll("photos").filter((one) => one.size)) {
    files.push(new File([await photo.arrayBuffer()], photo.name, { type: photo.type })); // its bytes, not its place
  }
  const fields = Object.fromEntries([...data].filter(([name]) => !["photos", "csrfmiddlewaretoken"].includes(name)));
  const id = mint(); // the page may be an old copy: its own id would make two reports one
  const spot = form.querySelector("[name=place]:checked")?.closest("label").querySelector("b").textContent;
  return {
    id, url: location.pathname, page: location.pathname, form: { ...fields, report_id: id }, files,
    unit: form.dataset.unit, label: "上报隐患", shown: fields.where || spot, at: clock(),
  };
}

async function send(data) {
  const record = await recordOf(data);
  outbox.put(record.id, record);
  await outbox.line;
  try {
    const { ok, told } = await post(record.url, bodyOf(record));
    outbox.drop(record.id);
    await outbox.line;
    if (ok) location.assign(told.url);
    else tell(told.message ?? "没有收下，请改好再报。");
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    await wait(record);
  }
}

async function wait(record) {
  const isKept = (await typed()).some(({ record: one }) => one.id === record.id);
  if (!isKept) { tell(NO_NETWORK); return; } // a private window, no room: the form stays as it is
  form.hidden = true;
  document.querySelector("[data-kept]").hidden = false;
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
