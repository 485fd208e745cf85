// Where to look in a photo: upright first, then turned, since the detector knows faces that stand
// within some 30 degrees; small first, which is quick, then larger, for faces that are small.
import { detect, distinct, overlap } from "./detect.js";

const GREY = 128; // beyond the photo's edge, where a turned one does not fill the picture
const RIM = 8; // pixels of the grey that are looked at, on either side of each row
const TURNS = [90, 180, 270, 45, 135, 225, 315];
const TURNED_SCALE = 0.7; // a face of a twentieth of the photo's shorter side is still seen

// Yields all faces found so far, the best score first, after each look. The photo comes with its
// longer side at 640 pixels.
export function* search(network, photo, rules) {
  const looks = [[shrunk(photo), 0, 1], [photo, 0, 1], ...TURNS.map((turn) => [photo, turn, TURNED_SCALE])];
  let faces = [];
  for (const [picture, turn, scale] of looks) {
    const seen = turned(picture, turn, scale);
    const found = detect(network, seen, rules.cover_from_score, rules.same_face);
    const zoom = photo.width / picture.width / scale;
    const placed = found.map((face) => upright(face, picture, turn, scale, zoom));
    const kept = placed.filter((face) => turn === 0 || isLikely(face, faces, photo, rules));
    faces = distinct([...faces, ...kept], rules.same_face);
    yield faces;
  }
}

// Returns whether a doubtful find in a turned photo may be a face. A large one is folds, shadows and
// the slanting edge of the photo, since only small faces score low; and one that reaches into a
// sure face is that one's ear or neck.
function isLikely(face, others, photo, rules) {
  if (face.score >= rules.turned_from_score) return true;
  if (face.width >= rules.large * Math.max(photo.width, photo.height)) return false;
  return !others.some((other) => other.score >= rules.sure_from_score && isBeside(face, other, rules));
}

function isBeside(face, other, rules) {
  const shared = overlap(face, other);
  return shared > rules.reaches_into && shared <= rules.same_face;
}

// Returns a picture of half the size, each pixel the mean of two by two.
function shrunk({ width, height, data }) {
  const [wide, high] = [width >> 1, height >> 1];
  const to = new Uint8ClampedArray(wide * high * 4);
  for (let y = 0, i = 0; y < high; y += 1) {
    for (let x = 0, p = 2 * y * width * 4; x < wide; x += 1, p += 8) {
      for (let c = 0; c < 4; c += 1, i += 1) {
        to[i] = (data[p + c] + data[p + c + 4] + data[p + c + width * 4] + data[p + c + width * 4 + 4]) / 4;
      }
    }
  }
  return { width: wide, height: high, data: to };
}

// Returns cosine and sine, exact for quarters, and the size of the picture that holds a turned one.
function frame({ width, height }, degrees, scale) {
  const [cos, sin] = [Math.cos, Math.sin].map((of) => Math.round(of((degrees * Math.PI) / 180) * 1e9) / 1e9);
  const wide = Math.round((Math.abs(cos) * width + Math.abs(sin) * height) * scale);
  const high = Math.round((Math.abs(sin) * width + Math.abs(cos) * height) * scale);
  return { cos, sin, wide, high };
}

// Returns the picture turned clockwise about its middle and made smaller, on grey. Half of what holds
// a tilted photo is grey, so it has spans.
export function turned(picture, degrees, scale) {
  if (degrees === 0 && scale === 1) return picture;
  const { width, height, data } = picture;
  const { cos, sin, wide, high } = frame(picture, degrees, scale);
  const to = new Uint8ClampedArray(wide * high * 4).fill(GREY);
  const spans = new Int32Array(2 * high);
  for (let y = 0, i = 0; y < high; y += 1) {
    const down = (y + 0.5 - high / 2) / scale;
    let [first, last] = [wide, 0];
    for (let x = 0; x < wide; x += 1, i += 4) {
      const across = (x + 0.5 - wide / 2) / scale;
      const u = cos * across + sin * down + width / 2 - 0.5;
      const v = cos * down - sin * across + height / 2 - 0.5;
      if (u < 0 || v < 0 || u > width - 1 || v > height - 1) continue;
      if (x < first) first = x;
      last = x;
      const [left, top] = [Math.floor(u), Math.floor(v)];
      const [a, b] = [u - left, v - top];
      const p = (top * width + left) * 4;
      const right = left + 1 < width ? 4 : 0;
      const below = top + 1 < height ? width * 4 : 0;
      for (let c = p; c < p + 3; c += 1) {
        to[i + c - p] =
          (data[c] * (1 - a) + data[c + right] * a) * (1 - b)
          + (data[c + below] * (1 - a) + data[c + below + right] * a) * b;
      }
    }
    spans[2 * y] = Math.max(first - RIM, 0);
    spans[2 * y + 1] = Math.min(last + 1 + RIM, wide);
  }
  return { width: wide, height: high, spans, data: to };
}

// Returns a face found in a turned picture as one of the photo: a square about its middle, its
// eyes, and its width along the line through them (as calculator/photo/faces.py has it).
function upright(face, picture, degrees, scale, zoom) {
  const { cos, sin, wide, high } = frame(picture, degrees, scale);
  const [middleX, middleY] = [(picture.width / 2) * scale, (picture.height / 2) * scale];
  const place = ([x, y]) => [
    (cos * (x - wide / 2) + sin * (y - high / 2) + middleX) * zoom,
    (cos * (y - high / 2) - sin * (x - wide / 2) + middleY) * zoom,
  ];
  const [x, y] = place([face.left + face.width / 2, face.top + face.height / 2]);
  const side = Math.max(face.width, face.height) * zoom;
  const [[x1, y1], [x2, y2]] = face.eyes;
  const tilt = Math.atan2(y2 - y1, x2 - x1);
  const across = (Math.abs(Math.cos(tilt)) * face.width + Math.abs(Math.sin(tilt)) * face.height) * zoom;
  const square = { left: x - side / 2, top: y - side / 2, width: side, height: side };
  return { ...square, across, eyes: face.eyes.map(place), score: face.score };
}
