// A photo or file of one point: sent at once, its id minted here, so that a repeat comes in once.
import { csrf, mint } from "./sheet-outbox.js";

export async function upload(input, done) {
  const file = input.files[0], tile = input.closest(".thumb-add"), word = tile.querySelector("span");
  if (!file) return;
  if (input.pending?.file !== file) input.pending = { file, id: mint() };
  word.textContent = "正在上传…";
  const body = new FormData();
  body.append("upload_id", input.pending.id);
  body.append("file", file);
  const response = await fetch(input.dataset.upload, {
    method: "POST", headers: { Accept: "application/json", "X-CSRFToken": csrf() }, body,
  }).catch(() => null);
  if (response?.ok) {
    input.value = "";
    input.pending = null;
    word.textContent = "拍照";
    return done();
  }
  const told = response ? await response.json().catch(() => ({})) : {};
  word.textContent = told.message ?? told.error ?? "没传上，请重试";
  if (told.message) input.value = ""; // refused for what it is: another file may be chosen
  else setTimeout(() => upload(input, done), 5000);
}
