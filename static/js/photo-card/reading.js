// Reads a photo in the ways that browsers have, and names the cause where none works.
import { demandMemory } from "./canvases.js";
import { newCanvas } from "./compose.js";
import { photoHeader } from "./header.js";
import { addressOf } from "./jpeg.js";

const WORKING_PX = 1600;
const MOST_BYTES = 150e6;
const MOST_PIXELS = 120e6;
// Above this many the browser is asked to hand over a smaller picture, which it may decode small.
const MANY_PIXELS = 20e6;

// Has `reason`, for each of which the page has a sentence: away, large, memory, blocked, format,
// damaged.
export class Unreadable extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

// Returns the photo on a canvas, upright, at most WORKING_PX long; rejects with Unreadable.
export async function readPhoto(file) {
  const bytes = await contentOf(file);
  const header = photoHeader(bytes);
  if (header && header.width * header.height > MOST_PIXELS) throw new Unreadable("large");
  const image = await decode(new Blob([bytes], { type: file.type }), header);
  try {
    return onCanvas(image);
  } catch {
    throw new Unreadable("memory");
  } finally {
    image.close?.();
  }
}

// Read whole and at once: a photo that is still in the cloud fails here, and a file that an app takes
// away or changes later is no trouble.
async function contentOf(file) {
  if (file.size > MOST_BYTES) throw new Unreadable("large");
  let bytes;
  try {
    bytes = await file.arrayBuffer();
  } catch ({ name }) {
    if (name === "RangeError") throw new Unreadable("memory");
    throw new Unreadable(name === "SecurityError" || name === "NotAllowedError" ? "blocked" : "away");
  }
  if (bytes.byteLength === 0) throw new Unreadable("away");
  return bytes;
}

async function decode(blob, header) {
  try {
    const bitmap = await createImageBitmap(blob, bitmapOptions(header));
    if (isUpright(bitmap, header)) return bitmap;
    bitmap.close();
  } catch {
    // Browsers of before 2023 do not know that a bitmap can be turned as the photo says.
  }
  try {
    // An <img> turns it in all of them; only data: may be shown here.
    const image = new Image();
    image.src = await addressOf(blob);
    await image.decode();
    return image;
  } catch {
    if (!header) throw new Unreadable("format");
    throw new Unreadable(header.width * header.height > MANY_PIXELS ? "memory" : "damaged");
  }
}

function bitmapOptions(header) {
  const options = { imageOrientation: "from-image" };
  if (header && header.width * header.height > MANY_PIXELS) {
    const [across, down] = header.turned ? [header.height, header.width] : [header.width, header.height];
    const scale = (WORKING_PX * 1.5) / Math.max(across, down);
    if (scale < 1) {
      options.resizeWidth = Math.round(across * scale);
      options.resizeHeight = Math.round(down * scale);
      options.resizeQuality = "medium";
    }
  }
  return options;
}

// Some browsers take the option and leave the photo on its side.
function isUpright(bitmap, header) {
  if (!header?.turned) return true;
  return bitmap.width === bitmap.height || bitmap.width > bitmap.height === header.height > header.width;
}

function onCanvas(image) {
  const width = image.naturalWidth || image.width;
  const height = image.naturalHeight || image.height;
  const scale = Math.min(1, WORKING_PX / Math.max(width, height));
  const photo = newCanvas(width * scale, height * scale);
  const context = photo.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.fillStyle = "#fbf6ec";
  context.fillRect(0, 0, photo.width, photo.height);
  context.drawImage(image, 0, 0, photo.width, photo.height);
  demandMemory(photo);
  return photo;
}
