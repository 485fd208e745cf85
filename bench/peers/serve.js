// The loop of every peer in Node: draw one card for each line on standard input; see processes.py.
import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";

export const folder = process.argv[2];
export const variant = process.argv[3] ?? "";
export const card = JSON.parse(readFileSync(`${folder}/card.json`, "utf8"));
export const file = (name) => readFileSync(`${folder}/${name}`);

// `draw` has a function for each kind of card, from the bytes of a photo to the bytes of a JPEG.
export async function serve(draw) {
  const photos = new Map();
  process.stdout.write("ready\n");
  for await (const line of createInterface({ input: process.stdin })) {
    const { kind, photo, save } = JSON.parse(line);
    if (photo && !photos.has(photo)) photos.set(photo, file(photo));
    const begin = performance.now();
    const jpeg = await draw[kind](photos.get(photo));
    const ms = performance.now() - begin;
    if (save) writeFileSync(save, jpeg);
    process.stdout.write(`${ms}\n`);
  }
}
