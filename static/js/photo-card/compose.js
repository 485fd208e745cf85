// Draws on canvases, on this device only. Nothing here uses the network.
import { canvasFor } from "./canvases.js";
import { labelOf } from "./found.js";
import { chooseCrop, insideOf, placeLabel } from "./geometry.js";

export function newCanvas(width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width);
  canvas.height = Math.round(height);
  return canvas;
}

// Replaces the pixels under a cover by at most `blocks` × `blocks` averages, so that the canvas no
// longer holds the originals.
export function pixelate(canvas, cover, blocks) {
  const box = insideOf(canvas, cover);
  if (!box) return;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const pixels = context.getImageData(box.left, box.top, box.width, box.height);
  const columns = Math.max(1, Math.min(blocks, Math.floor(box.width / (cover.side / blocks))));
  const rows = Math.max(1, Math.min(blocks, Math.floor(box.height / (cover.side / blocks))));
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      average(
        pixels,
        Math.floor((column * box.width) / columns),
        Math.floor((row * box.height) / rows),
        Math.floor(((column + 1) * box.width) / columns),
        Math.floor(((row + 1) * box.height) / rows),
      );
    }
  }
  context.putImageData(pixels, box.left, box.top);
}

function average({ data, width }, left, top, right, bottom) {
  const sum = [0, 0, 0];
  const count = (right - left) * (bottom - top);
  if (count === 0) return;
  const eachPixel = (use) => {
    for (let y = top; y < bottom; y += 1) {
      for (let x = left; x < right; x += 1) use((y * width + x) * 4);
    }
  };
  eachPixel((i) => {
    for (let c = 0; c < 3; c += 1) sum[c] += data[i + c];
  });
  const mean = sum.map((total) => Math.round(total / count));
  eachPixel((i) => {
    for (let c = 0; c < 3; c += 1) data[i + c] = mean[c];
    data[i + 3] = 255;
  });
}

// Returns the card: the server's base without a photo, on it the pixelated photo with its labels.
export function composeCard(base, photo, covers, layout, label, rules) {
  const { picture } = layout;
  const crop = chooseCrop(photo, picture, covers, rules.eye_line_share);
  const zoom = picture.width / crop.width;
  const field = canvasFor("field", picture.width, picture.height);
  const fieldContext = field.getContext("2d", { willReadFrequently: true });
  fieldContext.imageSmoothingQuality = "high";
  fieldContext.drawImage(photo, crop.left, crop.top, crop.width, crop.height, 0, 0, field.width, field.height);
  const placed = covers.map((cover) => ({
    ...cover,
    x: (cover.x - crop.left) * zoom,
    y: (cover.y - crop.top) * zoom,
    side: cover.side * zoom,
  }));
  for (const cover of placed) pixelate(field, cover, rules.blocks);
  for (const cover of [...placed].sort((a, b) => a.side - b.side)) {
    if (insideOf(field, { ...cover, side: 1 })) drawLabel(fieldContext, picture, labelOf(cover), layout.label, label);
  }
  const card = canvasFor("card", layout.width, layout.height);
  const context = card.getContext("2d", { willReadFrequently: true });
  context.drawImage(base, 0, 0);
  context.drawImage(field, picture.left, picture.top);
  return card;
}

function drawLabel(context, picture, wished, shape, label) {
  const spot = placeLabel(picture, shape, wished);
  const zoom = spot.width / label.label_width;
  context.imageSmoothingQuality = "high";
  context.save();
  context.translate(spot.x, spot.y);
  context.rotate((wished.angle * Math.PI) / 180);
  context.drawImage(
    label.image,
    -label.middle_x * zoom,
    -label.middle_y * zoom,
    label.image.width * zoom,
    label.image.height * zoom,
  );
  context.restore();
}
