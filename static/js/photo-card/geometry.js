// Where everything goes: the arithmetic of calculator/photo/protect.py and calculator/card/label.py
// on the same layouts. Only numbers, so that it can be tested without a canvas.

// Returns the largest part of a photo of `size` with the shape of `wanted`, with all covers or,
// where they do not fit, the largest and those that fit beside it.
export function chooseCrop(size, wanted, covers, eyeLineShare) {
  const scale = Math.min(size.width / wanted.width, size.height / wanted.height);
  const width = wanted.width * scale;
  const height = wanted.height * scale;
  const bySize = [...covers].sort((a, b) => b.side - a.side);
  const across = spanWithin(bySize.map((c) => [c.x - c.side / 2, c.x + c.side / 2]), width);
  const down = spanWithin(bySize.map((c) => [c.y - c.side / 2, c.y + c.side / 2]), height);
  const left = place(size.width, width, across, (across[0] + across[1]) / 2 - width / 2);
  const top = place(size.height, height, down, bySize[0].y - eyeLineShare * height);
  return { left, top, width, height };
}

// Returns the first span, widened to each further one with which it still fits `length`.
function spanWithin(spans, length) {
  let held = spans[0];
  for (const [first, last] of spans) {
    const joined = [Math.min(held[0], first), Math.max(held[1], last)];
    if (joined[1] - joined[0] <= length) held = joined;
  }
  return held;
}

// Returns where a window of `length` starts within `room`: near `wish`, with `held` inside.
function place(room, length, held, wish) {
  let start = wish;
  if (held[1] - held[0] <= length) start = Math.min(Math.max(start, held[1] - length), held[0]);
  return Math.min(Math.max(start, 0), Math.max(room - length, 0));
}

// Returns middle and width of a label near a face, turned as its eyes are (in degrees, clockwise):
// made smaller, then moved, to fit the picture.
export function placeLabel(picture, shape, face) {
  const margin = shape.field_margin * Math.min(picture.width, picture.height);
  const smallest = shape.smallest_height * Math.min(picture.width, picture.height);
  const wished = Math.max(face.width * shape.face_height, smallest) * shape.aspect;
  const [cos, sin] = [Math.cos, Math.sin].map((of) => Math.abs(of((face.angle * Math.PI) / 180)));
  // The box around a turned label, in label widths.
  const across = cos + sin / shape.aspect;
  const down = sin + cos / shape.aspect;
  const width = Math.min(wished, (picture.width - 2 * margin) / across, (picture.height - 2 * margin) / down);
  const halfWidth = (width * across) / 2;
  const halfHeight = (width * down) / 2;
  return {
    width,
    x: Math.min(Math.max(face.x, halfWidth + margin), picture.width - halfWidth - margin),
    y: Math.min(Math.max(face.y, halfHeight + margin), picture.height - halfHeight - margin),
  };
}

// Returns the part of a cover's square inside an image, in whole pixels; null where there is none.
export function insideOf(image, cover) {
  const left = Math.max(0, Math.floor(cover.x - cover.side / 2));
  const top = Math.max(0, Math.floor(cover.y - cover.side / 2));
  const right = Math.min(image.width, Math.ceil(cover.x + cover.side / 2));
  const bottom = Math.min(image.height, Math.ceil(cover.y + cover.side / 2));
  return left < right && top < bottom ? { left, top, width: right - left, height: bottom - top } : null;
}

// Returns a cover with its middle on the photo and its size within the limits.
export function heldInside(photo, cover, limits) {
  const shorter = Math.min(photo.width, photo.height);
  const side = Math.min(Math.max(cover.side, limits.smallest * shorter), limits.largest * shorter);
  return {
    ...cover,
    x: Math.min(Math.max(cover.x, 0), photo.width),
    y: Math.min(Math.max(cover.y, 0), photo.height),
    side,
  };
}
