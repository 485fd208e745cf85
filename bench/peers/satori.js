// satori lays out the words, resvg draws them, sharp writes the JPEG (resvg cannot).
// Variants: "embedded" embeds the whole photo, "shrunk" the picture made of it by sharp.
import { Resvg } from "@resvg/resvg-js";
import satori from "satori";
import sharp from "sharp";
import { picture_layers } from "./photo.js";
import { card, file, serve, variant } from "./serve.js";

const { width, height, picture, strip, markers, face, label, crop } = card;
const fonts = card.fonts.map((name) => ({ name, data: file(`fonts/${name}.ttf`) }));
const uri = (type, bytes) => `data:image/${type};base64,${bytes.toString("base64")}`;
const drawing = uri("png", file("picture.png"));
const tag = uri("png", file("label.png"));
const blocks = uri("png", file("blocks.png"));

const at = (box, more) => ({ position: "absolute", display: "flex", ...box, ...more });
const box = (style, children) => ({ type: "div", props: { style, children } });
const image = (src, style) => ({ type: "img", props: { src, style, ...style } });
const where = ({ left, top, width, height }) => ({ left, top, width, height });

const line = (text) =>
  box(
    at(
      { left: text.x, top: text.top, height: text.size },
      {
        fontFamily: text.font, fontSize: text.size, color: text.colour,
        lineHeight: 1, whiteSpace: "pre",
      },
    ),
    text.text,
  );

const page = (inside) =>
  box({ display: "flex", width, height, position: "relative", backgroundColor: card.paper }, [
    ...inside,
    box(at(where(strip), { backgroundColor: strip.colour }), []),
    ...markers.map((marker) => box(at(where(marker), { backgroundColor: marker.colour }), [])),
    ...card.texts.map(line),
  ]);

async function paint(inside) {
  const svg = await satori(page(inside), { width, height, fonts });
  const painted = new Resvg(svg, { font: { loadSystemFonts: false } }).render();
  return sharp(painted.pixels, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .jpeg({ quality: card.quality, chromaSubsampling: "4:2:0" })
    .toBuffer();
}

const label_image = image(tag, at(where(label)));

async function embedded(photo) {
  const whole = { left: -crop.left_px, top: 0, width: crop.scaled_width, height: picture.height };
  const field = box(at(where(picture), { overflow: "hidden" }), [
    image(uri("jpeg", photo), at(whole)),
  ]);
  // The blocks of the face are made ahead: decoding the photo again for them would be unfair.
  const square = { left: face.left, top: face.top, width: face.side, height: face.side };
  return paint([field, image(blocks, at(square)), label_image]);
}

async function shrunk(photo) {
  const [pixels, over] = await picture_layers(photo);
  const small = await sharp(pixels.input, { raw: pixels.raw })
    .composite([over])
    .jpeg({ quality: 95 })
    .toBuffer();
  return paint([image(uri("jpeg", small), at(where(picture))), label_image]);
}

await serve({
  photo: variant === "embedded" ? embedded : shrunk,
  link: () => paint([image(drawing, at(where(picture)))]),
});
