// Reads a photo in the ways that browsers have, and names the cause where none works.
import { breathe, demandMemory, newCanvas } from "./canvases.js";
import { photoHeader } from "./header.js";
import { addressOf } from "./jpeg.js";

const WORKING_PX = 1600;
const MOST_BYTES = 150e6;
// Decoded whole these take 480 MB; above, a photo must be decoded small or not at all.
const MOST_PIXELS = 120e6;
const MANY_PIXELS = 20e6; // where reading these fails, it is for want of memory
const SMALL_FROM_PIXELS = 6e6; // decoded small in half the time where that is possible

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
  const pixels = header ? header.width * header.height : 0;
  const small = pixels > SMALL_FROM_PIXELS && header.jpeg ? await decodeSmall(bytes, header).catch(() => null) : null;
  if (!small && pixels > MOST_PIXELS) throw new Unreadable("large");
  const image = small || (await decode(new Blob([bytes], { type: file.type }), header, pixels));
  try {
    return await onCanvas(image);
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

// Returns a JPEG decoded at some eighths of its size, which takes a tenth of time and memory.
async function decodeSmall(bytes, header) {
  const eighths = Math.ceil((8 * WORKING_PX) / Math.max(header.width, header.height));
  const decoder = new ImageDecoder({
    data: bytes,
    type: "image/jpeg",
    desiredWidth: Math.ceil((header.width * eighths) / 8),
    desiredHeight: Math.ceil((header.height * eighths) / 8),
  });
  const { image } = await decoder.decode();
  decoder.close();
  // Older ones turn nothing; of 2, 3 and 4 the shape does not show it.
  const { displayWidth: width, displayHeight: height } = image;
  if (![2, 3, 4].includes(header.orientation) && isUpright({ width, height }, header)) return image;
  image.close();
  return null;
}

async function decode(blob, header, pixels) {
  try {
    const bitmap = await createImageBitmap(blob, { imageOrientation: "from-image" });
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
    throw new Unreadable(pixels > MANY_PIXELS ? "memory" : "damaged");
  }
}

// Some browsers take the option and leave the photo on its side.
function isUpright({ width, height }, header) {
  if (!header || header.orientation < 5 || width === height) return true;
  return width > height === header.height > header.width;
}

async function onCanvas(image) {
  const width = image.naturalWidth || image.displayWidth || image.width;
  const height = image.naturalHeight || image.displayHeight || image.height;
  const scale = Math.min(1, WORKING_PX / Math.max(width, height));
  const photo = newCanvas(width * scale, height * scale);
  const context = photo.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.fillStyle = "#fbf6ec";
  context.fillRect(0, 0, photo.width, photo.height);
  await breathe(); // in three pieces, each of which takes a slow phone its time
  context.drawImage(image, 0, 0, photo.width, photo.height);
  await breathe();
  demandMemory(photo);
  return photo;
}
