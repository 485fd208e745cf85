// Arithmetic between faces that were found and covers. Only numbers, as in geometry.js.
const COVERED_ENOUGH = 0.9; // of a face; its eyes and its middle always
const RINGS = [0.35, 0.7, 1]; // where a face is tried, in shares of its radius
const SPOKES = 12;

// Returns the cover for a face: a square around the whole head, the label on the eyes and turned
// with them. `eyes` is the middle between them, seen from the cover's middle, in covers' sides.
export function coverFor(face, rules) {
  const side = face.size * rules.head_share;
  const [[x1, y1], [x2, y2]] = face.eyes;
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const [u, v] = [((x1 + x2) / 2 - face.x) / side, ((y1 + y2) / 2 - face.y) / side];
  const eyes = {
    across: u * Math.cos(angle) + v * Math.sin(angle),
    down: v * Math.cos(angle) - u * Math.sin(angle),
  };
  return { x: face.x, y: face.y, side, angle: (angle * 180) / Math.PI, eyes, face: face.across / side };
}

// Returns the middle and width of the label on a cover, and its tilt within -90 and 90 degrees: no
// word stands on its head.
export function labelOf({ x, y, side, angle, eyes, face }) {
  const [cos, sin] = [Math.cos, Math.sin].map((of) => of((angle * Math.PI) / 180));
  return {
    x: x + side * (eyes.across * cos - eyes.down * sin),
    y: y + side * (eyes.across * sin + eyes.down * cos),
    width: side * face,
    angle: ((((angle + 90) % 180) + 180) % 180) - 90,
  };
}

// Returns whether a face is covered enough, counting only what of it lies within the photo.
export function isCovered(face, covers, photo) {
  const within = ([x, y]) => x >= 0 && y >= 0 && x <= photo.width && y <= photo.height;
  const covered = ([x, y]) =>
    covers.some((cover) => Math.abs(x - cover.x) <= cover.side / 2 && Math.abs(y - cover.y) <= cover.side / 2);
  if (![[face.x, face.y], ...face.eyes].filter(within).every(covered)) return false;
  const points = RINGS.flatMap((ring) =>
    Array.from({ length: SPOKES }, (_, spoke) => {
      const [radius, turn] = [(ring * face.size) / 2, (2 * Math.PI * spoke) / SPOKES];
      return [face.x + radius * Math.cos(turn), face.y + radius * Math.sin(turn)];
    }),
  ).filter(within);
  return points.filter(covered).length >= COVERED_ENOUGH * points.length;
}

// Returns whether two finds are one face: the middle of one lies well within the other.
export function isSame(a, b) {
  return Math.hypot(a.x - b.x, a.y - b.y) < 0.4 * Math.max(a.size, b.size) && a.size < 2.5 * b.size && b.size < 2.5 * a.size;
}
