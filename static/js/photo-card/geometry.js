// Where everything goes: the same arithmetic as calculator/photo/protect.py and calculator/card/label.py,
// on the same record. Numbers only, so that it can be read and tested without a canvas.

// The largest part of a photo of `size` with the shape of `wanted` that keeps the covers in view.
export function chooseCrop(size, wanted, covers, eyeLineShare) {
  const scale = Math.min(size.width / wanted.width, size.height / wanted.height);
  const width = wanted.width * scale;
  const height = wanted.height * scale;
  const bySize = [...covers].sort((a, b) => b.side - a.side);
  const across = heldTogether(bySize.map((c) => [c.x - c.side / 2, c.x + c.side / 2]), width);
  const down = heldTogether(bySize.map((c) => [c.y - c.side / 2, c.y + c.side / 2]), height);
  const left = place(size.width, width, across, (across[0] + across[1]) / 2 - width / 2);
  const top = place(size.height, height, down, bySize[0].y - eyeLineShare * height);
  return { left, top, width, height };
}

// The span of the largest cover, and of each further one that still fits within `length`.
function heldTogether(spans, length) {
  let held = spans[0];
  for (const [first, last] of spans) {
    const joined = [Math.min(held[0], first), Math.max(held[1], last)];
    if (joined[1] - joined[0] <= length) held = joined;
  }
  return held;
}

function place(room, length, held, wish) {
  let start = wish;
  if (held[1] - held[0] <= length) start = Math.min(Math.max(start, held[1] - length), held[0]);
  return Math.min(Math.max(start, 0), Math.max(room - length, 0));
}

// Middle and width of a label near a face, wholly inside the picture: smaller first, then moved.
export function placeLabel(picture, shape, face) {
  const margin = shape.field_margin * Math.min(picture.width, picture.height);
  const wished = Math.max(face.width * shape.face_cover, shape.smallest_width * Math.min(picture.width, picture.height));
  const width = Math.min(wished, picture.width - 2 * margin, (picture.height - 2 * margin) * shape.aspect);
  const halfWidth = width / 2;
  const halfHeight = width / shape.aspect / 2;
  return {
    width,
    x: Math.min(Math.max(face.x, halfWidth + margin), picture.width - halfWidth - margin),
    y: Math.min(Math.max(face.y, halfHeight + margin), picture.height - halfHeight - margin),
  };
}

// The part of a cover's square that lies inside an image, in whole pixels; null where none does.
export function insideOf(image, cover) {
  const left = Math.max(0, Math.floor(cover.x - cover.side / 2));
  const top = Math.max(0, Math.floor(cover.y - cover.side / 2));
  const right = Math.min(image.width, Math.ceil(cover.x + cover.side / 2));
  const bottom = Math.min(image.height, Math.ceil(cover.y + cover.side / 2));
  return left < right && top < bottom ? { left, top, width: right - left, height: bottom - top } : null;
}

// Keep a cover's middle on the photo and its size sensible.
export function heldInside(photo, cover, limits) {
  const shorter = Math.min(photo.width, photo.height);
  return {
    x: Math.min(Math.max(cover.x, 0), photo.width),
    y: Math.min(Math.max(cover.y, 0), photo.height),
    side: Math.min(Math.max(cover.side, limits.smallest * shorter), limits.largest * shorter),
  };
}
