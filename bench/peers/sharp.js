// sharp (libvips). Variants: "kept" keeps the card with its words, "svg" draws them every time.
import sharp from "sharp";
import { picture_layers } from "./photo.js";
import { card, file, serve, variant } from "./serve.js";

const svg = file("words.svg");
const jpeg = { quality: card.quality, chromaSubsampling: "4:2:0" };
const size = { raw: { width: card.width, height: card.height, channels: 3 } };
const words = () => sharp(svg).flatten().removeAlpha();
const kept = await words().raw().toBuffer();
const base = () => (variant === "kept" ? sharp(kept, size) : words());

const ready = async (name) => {
  const { data, info } = await sharp(file(name)).raw().toBuffer({ resolveWithObject: true });
  return { input: data, raw: { width: info.width, height: info.height, channels: info.channels } };
};
const label = { ...(await ready("label.png")), left: card.label.left, top: card.label.top };
const drawing = { ...(await ready("picture.png")), left: card.picture.left, top: card.picture.top };

await serve({
  photo: async (photo) =>
    base().composite([...(await picture_layers(photo)), label]).jpeg(jpeg).toBuffer(),
  link: () => base().composite([drawing]).jpeg(jpeg).toBuffer(),
});
