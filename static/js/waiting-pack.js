// What waits, as one zip to carry away: the answers as JSON with their ids, the photos as they were taken.
// Stored, not compressed: photos are compressed already.
import { typed } from "./outbox.js";
import { mine } from "./photos.js";
import { person } from "./session.js";

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n >>> 0;
});

export async function pack() {
  const photos = await mine();
  const files = photos.map(({ blob, ...about }) => ({ ...about, file: `photos/${about.id}-${about.name}` }));
  const answers = (await typed()).map(({ record }) => record);
  const told = { person, at: new Date().toISOString(), answers, files };
  const parts = [{ name: "waiting.json", bytes: new TextEncoder().encode(JSON.stringify(told, null, 1)) }];
  for (const [n, { blob }] of photos.entries()) {
    parts.push({ name: files[n].file, bytes: new Uint8Array(await blob.arrayBuffer()) });
  }
  for (const { id, files: own = [] } of answers) { // photos of reports stand with their report
    for (const [n, file] of own.entries()) {
      parts.push({ name: `photos/${id}-${n + 1}-${file.name}`, bytes: new Uint8Array(await file.arrayBuffer()) });
    }
  }
  return zip(parts);
}

export function zip(parts) {
  const written = [], directory = [];
  let at = 0;
  for (const { name, bytes } of parts) {
    const path = new TextEncoder().encode(name), facts = header(path, bytes);
    const local = [little(0x04034b50, 4), ...facts, path, bytes];
    directory.push(little(0x02014b50, 4), little(20, 2), ...facts, little(0, 2), little(0, 2), little(0, 2), little(0, 4), little(at, 4), path);
    written.push(...local);
    at += size(local);
  }
  const end = [little(0x06054b50, 4), little(0, 4), little(parts.length, 2), little(parts.length, 2), little(size(directory), 4), little(at, 4), little(0, 2)];
  return new Blob([...written, ...directory, ...end], { type: "application/zip" });
}

// Version, names in UTF-8, stored, no date, checksum, twice the size, length of the name, no extra.
function header(path, bytes) {
  const numbers = [[20, 2], [0x0800, 2], [0, 2], [0, 2], [0x21, 2], [checksum(bytes), 4], [bytes.length, 4], [bytes.length, 4], [path.length, 2], [0, 2]];
  return numbers.map(([value, width]) => little(value, width));
}

function checksum(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = TABLE[(sum ^ byte) & 0xff] ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}

function little(value, width) {
  return Uint8Array.from({ length: width }, (_, n) => (value >>> (8 * n)) & 0xff);
}

const size = (arrays) => arrays.reduce((sum, one) => sum + one.length, 0);
