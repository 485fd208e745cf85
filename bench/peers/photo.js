// Makes a photo the picture of a card, with sharp: shrunk while decoding, the face in blocks.
import sharp from "sharp";
import { card } from "./serve.js";

sharp.concurrency(1);
sharp.cache(false);

const { picture, crop, face } = card;
const raw = (width, height) => ({ raw: { width, height, channels: 3 } });

// Returns the layers of the picture, to be put on a card in this order.
export async function picture_layers(photo) {
  const pixels = await sharp(photo)
    .resize({ height: picture.height })
    .extract({ left: crop.left_px, top: 0, width: picture.width, height: picture.height })
    .removeAlpha()
    .raw()
    .toBuffer();
  const few = await sharp(pixels, raw(picture.width, picture.height))
    .extract({ left: face.left, top: face.top, width: face.side, height: face.side })
    .resize(card.blocks, card.blocks, { kernel: "linear" })
    .raw()
    .toBuffer();
  const blocks = await sharp(few, raw(card.blocks, card.blocks))
    .resize(face.side, face.side, { kernel: "nearest" })
    .raw()
    .toBuffer();
  return [
    { input: pixels, ...raw(picture.width, picture.height), left: picture.left, top: picture.top },
    { input: blocks, ...raw(face.side, face.side), left: face.left, top: face.top },
  ];
}
