// Send the photos that wait, one after the other, in one tab at a time; try again while there is need.
import { drop, mine, refuse } from "./photos.js";
import { NoAnswer, isEnded, onBack, person, post } from "./session.js";

const LONGEST = 60000;
const DAMAGED = "照片已损坏，请重拍";
let pause = 0, timer = 0;

export async function sendPhotos() {
  clearTimeout(timer);
  if (!person || isEnded() || !navigator.onLine) return;
  const only = (run) => navigator.locks
    ? navigator.locks.request(`photos:${person}`, { ifAvailable: true }, (lock) => lock ? run() : true) : run();
  const left = await only(sendAll);
  pause = left ? Math.min(LONGEST, pause * 2 || 2000) : 0;
  if (left && !isEnded()) timer = setTimeout(sendPhotos, pause);
}

// True if something still waits for a better time.
async function sendAll() {
  for (let left = await waiting(); left.length; left = await waiting()) {
    try {
      if (!(await sendOne(left[0]))) return true;
    } catch (error) {
      if (error instanceof NoAnswer) return true;
      throw error;
    }
  }
  return false;
}

const waiting = async () => (await mine()).filter((record) => !record.refused);

async function sendOne(record) {
  const body = new FormData();
  const content = await record.blob.arrayBuffer().catch(() => null);
  if (!content) { await refuse(record, DAMAGED); return true; }
  body.append("upload_id", record.id);
  if (record.hash) body.append("sha256", record.hash);
  body.append("file", new Blob([content], { type: record.type }), record.name);
  const { ok, told } = await post(record.url, body);
  if (ok && told.sha256 && (!record.hash || told.sha256 === record.hash)) { await drop(record.id); return true; }
  if (ok || told.error === "broken") return false;
  await refuse(record, told.message ?? "没有收下，请在电脑上核对后重拍");
  return true;
}

addEventListener("online", () => { pause = 0; sendPhotos(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden) sendPhotos(); });
onBack(sendPhotos);
