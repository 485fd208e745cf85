// @napi-rs/canvas (Skia). The card with its words is kept for photo cards.
import { GlobalFonts, createCanvas, loadImage } from "@napi-rs/canvas";
import { card, file, folder, serve } from "./serve.js";

const { width, height, picture, strip, markers, face, label, crop, blocks } = card;
for (const name of card.fonts) GlobalFonts.registerFromPath(`${folder}/fonts/${name}.ttf`, name);
const drawing = await loadImage(file("picture.png"));
const tag = await loadImage(file("label.png"));

function fill(context, { left, top, width, height }, colour) {
  context.fillStyle = colour;
  context.fillRect(left, top, width, height);
}

function set_words(context) {
  fill(context, { left: 0, top: 0, width, height }, card.paper);
  fill(context, strip, strip.colour);
  for (const marker of markers) fill(context, marker, marker.colour);
  for (const text of card.texts) {
    context.font = `${text.size}px "${text.font}"`;
    context.fillStyle = text.colour;
    context.fillText(text.text, text.x, text.baseline);
  }
}

const kept = createCanvas(width, height);
set_words(kept.getContext("2d"));
const few = createCanvas(blocks, blocks);

async function photo_card(photo) {
  const image = await loadImage(photo);
  const canvas = createCanvas(width, height);
  const context = canvas.getContext("2d");
  context.drawImage(kept, 0, 0);
  const scale = image.height / picture.height;
  const place = [picture.left, picture.top, picture.width, picture.height];
  context.imageSmoothingQuality = "medium";
  context.drawImage(
    image, crop.left_px * scale, 0, picture.width * scale, image.height, ...place,
  );
  const small = few.getContext("2d");
  small.imageSmoothingQuality = "medium";
  const square = [face.left, face.top, face.side, face.side];
  small.drawImage(canvas, ...square, 0, 0, blocks, blocks);
  context.imageSmoothingEnabled = false;
  context.drawImage(few, 0, 0, blocks, blocks, ...square);
  context.drawImage(tag, label.left, label.top);
  return canvas.encode("jpeg", card.quality);
}

async function link_card() {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext("2d");
  set_words(context);
  context.drawImage(drawing, picture.left, picture.top);
  return canvas.encode("jpeg", card.quality);
}

await serve({ photo: photo_card, link: link_card });
