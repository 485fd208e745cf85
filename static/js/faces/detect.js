// From the network's numbers to faces, as OpenCV's FaceDetectorYN does it.
import { runNetwork, wholeSpans } from "./network.js";

const MULTIPLE = 32; // of the picture's sides, for the network

// Returns the faces in a picture of red, green, blue, alpha, in its pixels, the best score first.
// `spans`, if given, says what part of each row is looked at, see network.js.
export function detect(network, { data, width, height, spans }, leastScore, sameFace) {
  const [wide, high] = [width, height].map((side) => Math.ceil(side / MULTIPLE) * MULTIPLE);
  const planes = new Float32Array(3 * wide * high);
  for (let y = 0, from = 0; y < height; y += 1) {
    for (let x = 0, to = y * wide; x < width; x += 1, to += 1, from += 4) {
      planes[to] = data[from + 2];
      planes[wide * high + to] = data[from + 1];
      planes[2 * wide * high + to] = data[from];
    }
  }
  const seen = wholeSpans(wide, high);
  if (spans) seen.fill(0).set(spans);
  const found = runNetwork(network, planes, wide, high, seen).flatMap((map) => facesOf(map, leastScore));
  return distinct(found, sameFace);
}

function facesOf({ stride, width, height, spans, data }, leastScore) {
  const faces = [];
  const cells = width * height;
  const share = (logit) => 1 / (1 + Math.exp(-logit));
  for (let cell = 0; cell < cells; cell += 1) {
    const [column, row] = [cell % width, Math.floor(cell / width)];
    if (column < spans[2 * row] || column >= spans[2 * row + 1]) continue;
    const score = Math.sqrt(share(data[cell]) * share(data[cells + cell]));
    if (score < leastScore) continue;
    const value = (plane) => data[plane * cells + cell];
    const [wide, high] = [Math.exp(value(4)) * stride, Math.exp(value(5)) * stride];
    const point = (plane) => [(value(plane) + column) * stride, (value(plane + 1) + row) * stride];
    const [x, y] = point(2);
    // Of the five points the eyes are used: first the one on the left of an upright face.
    const eyes = [point(6), point(8)];
    faces.push({ left: x - wide / 2, top: y - high / 2, width: wide, height: high, eyes, score });
  }
  return faces;
}

// Returns the shared area over the joint area.
export function overlap(a, b) {
  const wide = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left);
  const high = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
  const shared = Math.max(wide, 0) * Math.max(high, 0);
  return shared / (a.width * a.height + b.width * b.height - shared);
}

// Returns the faces without those that lie over a better one.
export function distinct(faces, sameFace) {
  const kept = [];
  for (const face of [...faces].sort((a, b) => b.score - a.score)) {
    if (!kept.some((other) => overlap(face, other) > sameFace)) kept.push(face);
  }
  return kept;
}
