// Draws on canvases, on this device only. Nothing here uses the network.
import { canvasFor } from "./canvases.js";
import { labelOf } from "./found.js";
import { chooseCrop, insideOf, placeLabel } from "./geometry.js";

// Replaces the pixels under a cover by one colour, so that the canvas no longer holds them.
export function destroy(canvas, cover, colour) {
  const box = insideOf(canvas, cover);
  if (!box) return;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.fillStyle = colour;
  context.fillRect(box.left, box.top, box.width, box.height);
}

// Returns what the card shows of the photo, its faces destroyed, and where its covers are there.
export function composeField(photo, covers, { picture }, rules) {
  const crop = chooseCrop(photo, picture, covers, rules.eye_line_share);
  const zoom = picture.width / crop.width;
  const field = canvasFor("field", picture.width, picture.height);
  const context = field.getContext("2d", { willReadFrequently: true });
  context.imageSmoothingQuality = "high";
  context.drawImage(photo, crop.left, crop.top, crop.width, crop.height, 0, 0, field.width, field.height);
  const placed = covers.map((cover) => ({
    ...cover,
    x: (cover.x - crop.left) * zoom,
    y: (cover.y - crop.top) * zoom,
    side: cover.side * zoom,
  }));
  for (const cover of placed) destroy(field, cover, rules.cover);
  return { field, placed };
}

// Returns the card: the server's base without a photo, on it the field with its labels.
export function composeCard(base, { field, placed }, layout, label) {
  const { picture } = layout;
  const fieldContext = field.getContext("2d", { willReadFrequently: true });
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
