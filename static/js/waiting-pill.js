// On pages where nothing is filled: say how much waits, and send it.
import { element, icon } from "./elements.js";
import { onChange } from "./device.js";
import { isEnded, onBack, onEnd } from "./session.js";
import { count, sendAll } from "./waiting.js";

const pill = document.querySelector("[data-waiting]");

async function show() {
  const left = await count();
  const sign = isEnded() ? icon("person-lock") : icon("cloud-arrow-up");
  pill.hidden = !left;
  pill.replaceChildren(sign, element("span", "", `未上传 ${left}`));
}

async function go() {
  await show();
  await sendAll();
  await show();
}

if (pill) {
  onChange(show);
  onEnd(show);
  onBack(go);
  addEventListener("online", go);
  go();
}
