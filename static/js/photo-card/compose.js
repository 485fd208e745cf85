// Draws on canvases, on this device only. Nothing here uses the network.
import { chooseCrop, insideOf, placeLabel } from "./geometry.js";

const WORKING_PX = 1600;
const JPEG_QUALITY = 0.85;

export function newCanvas(width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width);
  canvas.height = Math.round(height);
  return canvas;
}

// Returns the photo on a canvas, upright, at most WORKING_PX long; rejects where it cannot be read.
export async function readPhoto(file) {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, WORKING_PX / Math.max(bitmap.width, bitmap.height));
  const photo = newCanvas(bitmap.width * scale, bitmap.height * scale);
  const context = photo.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.fillStyle = "#fbf6ec";
  context.fillRect(0, 0, photo.width, photo.height);
  context.drawImage(bitmap, 0, 0, photo.width, photo.height);
  bitmap.close();
  return photo;
}

// Replaces the pixels under a cover by one colour, so that the canvas no longer holds them.
export function destroy(canvas, cover, colour) {
  const box = insideOf(canvas, cover);
  if (!box) return;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.fillStyle = colour;
  context.fillRect(box.left, box.top, box.width, box.height);
}

// Returns the card: the server's base without a photo, on it the photo, its faces destroyed, with its labels.
export function composeCard(base, photo, covers, layout, label, rules) {
  const { picture } = layout;
  const crop = chooseCrop(photo, picture, covers, rules.eye_line_share);
  const zoom = picture.width / crop.width;
  const field = newCanvas(picture.width, picture.height);
  const fieldContext = field.getContext("2d", { willReadFrequently: true });
  fieldContext.imageSmoothingQuality = "high";
  fieldContext.drawImage(photo, crop.left, crop.top, crop.width, crop.height, 0, 0, field.width, field.height);
  const placed = covers.map((cover) => ({
    x: (cover.x - crop.left) * zoom,
    y: (cover.y - crop.top) * zoom,
    side: cover.side * zoom,
  }));
  for (const cover of placed) destroy(field, cover, rules.cover);
  for (const cover of [...placed].sort((a, b) => a.side - b.side)) {
    if (insideOf(field, { ...cover, side: 1 })) drawLabel(fieldContext, picture, cover, layout.label, label, rules);
  }
  const card = newCanvas(layout.width, layout.height);
  const context = card.getContext("2d");
  context.drawImage(base, 0, 0);
  context.drawImage(field, picture.left, picture.top);
  return card;
}

function drawLabel(context, picture, cover, shape, label, rules) {
  const width = cover.side / rules.head_share;
  const spot = placeLabel(picture, shape, { x: cover.x, y: cover.y - rules.eyes_above_middle * cover.side, width });
  const zoom = spot.width / label.label_width;
  context.imageSmoothingQuality = "high";
  context.drawImage(
    label.image,
    spot.x - label.middle_x * zoom,
    spot.y - label.middle_y * zoom,
    label.image.width * zoom,
    label.image.height * zoom,
  );
}

// Returns a JPEG without metadata: segments APP1 to APP15 and comments are cut out.
export async function cleanJpeg(canvas) {
  const blob = await new Promise((resolve) => {
    canvas.toBlob(resolve, "image/jpeg", JPEG_QUALITY);
  });
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const kept = [bytes.subarray(0, 2)];
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1];
    if (marker === 0xda) break;
    const end = at + 2 + bytes[at + 2] * 256 + bytes[at + 3];
    const isMetadata = (marker >= 0xe1 && marker <= 0xef) || marker === 0xfe;
    if (!isMetadata) kept.push(bytes.subarray(at, end));
    at = end;
  }
  kept.push(bytes.subarray(at));
  return new Blob(kept, { type: "image/jpeg" });
}
