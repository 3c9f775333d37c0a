// A whole form with its photos goes out at once; without a network it waits on this device, under
// its person, and is sent from any page.
import { clock, mint, typed } from "./outbox.js";
import { NoAnswer, post } from "./session.js";
import { bodyOf } from "./waiting.js";

// Photos by their bytes, not by their place. The page may be an old copy, whose own id would make
// two sendings one: ``idName`` names the field that gets a fresh one.
export async function recordOf(form, data, idName, about) {
  const fields = {}, files = [], names = [];
  for (const [name, value] of data) {
    if (!(value instanceof File)) {
      if (name !== "csrfmiddlewaretoken") fields[name] = value;
    } else if (value.size) {
      files.push(new File([await value.arrayBuffer()], value.name, { type: value.type }));
      names.push(name);
    }
  }
  const id = mint(), url = new URL(form.action, location.href).pathname;
  return { id, url, page: location.pathname, form: { ...fields, [idName]: id }, files, names, unit: form.dataset.unit, at: clock(), ...about };
}

// What became of it: the server's answer, or whether it is kept here until there is a network.
export async function sendOrKeep(outbox, record) {
  outbox.put(record.id, record);
  await outbox.line;
  try {
    const { ok, told } = await post(record.url, bodyOf(record));
    outbox.drop(record.id);
    await outbox.line;
    return { ok, told };
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return { isKept: (await typed()).some(({ record: one }) => one.id === record.id) };
  }
}

// The one note of the page that says why nothing was sent.
export function tell(message) {
  const note = document.querySelector("[data-refused]");
  note.hidden = !message;
  note.querySelector("[data-words]").textContent = message;
  if (message) note.scrollIntoView({ block: "center" });
}
