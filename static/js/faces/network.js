// YuNet, the face detector of the server, in plain numbers: no WebAssembly, no library.
//
// A picture is held plane by plane: all pixels of one channel, row after row. So the innermost
// loops run along neighbours, and each number that was fetched is used eight times or more.
// `spans` says for each row between which columns something is to be seen, as two numbers; beyond
// there are zeros, and no work. What a layer makes takes the place of what it was made from.
const AT_ONCE = 8; // channels that the pointwise loop takes in and gives out in one go
const MOST_PLANES = 64;

// Returns the numbers of a weights file: first all high bytes of half precision, then the low ones.
export function readWeights(bytes) {
  const count = bytes.length / 2;
  const numbers = new Float32Array(count);
  for (let i = 0; i < count; i += 1) {
    const [high, low] = [bytes[i], bytes[count + i]];
    const exponent = (high >> 2) & 31;
    const fraction = ((high & 3) << 8) | low;
    const size = exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : 2 ** -24 * fraction;
    numbers[i] = high & 128 ? -size : size;
  }
  return numbers;
}

// Returns the network's layers from those numbers, in the order in which the file has them.
export function buildNetwork(numbers) {
  let at = 0;
  const take = (count) => numbers.subarray(at, (at += count));
  const pointwise = (from, to) => {
    const inputs = Math.ceil(from / AT_ONCE) * AT_ONCE;
    return { inputs, outputs: to, weights: inEights(take(from * to), from, inputs, to), biases: take(to) };
  };
  const unit = (from, to) => ({ mix: pointwise(from, to), taps: take(to * 9), biases: take(to) });
  const network = {
    first: pointwise(27, 16),
    stride2: unit(16, 16),
    stride4: [unit(16, 16), unit(16, 32), unit(32, 32), unit(32, 64)],
    stride8: [unit(64, 64), unit(64, 64)],
    stride16: [unit(64, 64), unit(64, 64)],
    stride32: [unit(64, 64), unit(64, 64)],
    necks: { 32: unit(64, 64), 16: unit(64, 64), 8: unit(64, 64) },
    heads: { 8: unit(64, 16), 16: unit(64, 16), 32: unit(64, 16) },
  };
  if (at !== numbers.length) throw new Error("the weights are not those of this network");
  return network;
}

// Puts weights into the order of the pointwise loop: input by input, for each of them eight outputs.
function inEights(weights, from, inputs, to) {
  const ordered = new Float32Array(inputs * to);
  for (let o = 0; o < to; o += 1) {
    for (let i = 0; i < from; i += 1) {
      const at = o % AT_ONCE;
      ordered[(o - at) * inputs + i * AT_ONCE + at] = weights[o * from + i];
    }
  }
  return ordered;
}

// Returns, for each stride, 16 planes: two logits, a box in four numbers and five points.
// `planes` is a picture in blue, green, red; its sides are multiples of 32.
export function runNetwork(network, planes, width, height, spans) {
  const map = halve(apply(network.stride2, begin(network.first, planes, width, height, spans)));
  const found8 = applyAll(network.stride8, halve(applyAll(network.stride4, map)));
  const found16 = applyAll(network.stride16, halve(found8));
  const found32 = applyAll(network.stride32, halve(found16));
  const maps = { 32: apply(network.necks[32], found32) };
  maps[16] = apply(network.necks[16], addDoubled(found16, maps[32]));
  maps[8] = apply(network.necks[8], addDoubled(found8, maps[16]));
  return [8, 16, 32].map((stride) => ({ stride, ...apply(network.heads[stride], maps[stride], -Infinity) }));
}

const applyAll = (units, map) => units.reduce((before, unit) => apply(unit, before), map);

// Returns a map that is wholly seen.
export function wholeSpans(width, height) {
  return Int32Array.from({ length: 2 * height }, (_, at) => (at % 2) * width);
}

function halfSpans(spans) {
  const half = new Int32Array(spans.length / 2);
  for (let i = 0; i < half.length; i += 2) {
    half[i] = Math.min(spans[2 * i], spans[2 * i + 2]) >> 1;
    half[i + 1] = (Math.max(spans[2 * i + 1], spans[2 * i + 3]) + 1) >> 1;
  }
  return half;
}

// Returns the first convolution's map, of half the size: row by row the 27 numbers around every
// second pixel become planes of their own, so that it is a pointwise one.
function begin(layer, planes, width, height, fullSpans) {
  const [wide, high, spans] = [width / 2, height / 2, halfSpans(fullSpans)];
  const data = new Float32Array(layer.outputs * wide * high);
  const around = new Float32Array(layer.inputs * wide);
  const mixed = new Float64Array(layer.outputs * wide);
  for (let y = 0; y < high; y += 1) {
    const [left, right] = [spans[2 * y], spans[2 * y + 1]];
    for (let plane = 0; plane < 27; plane += 1) {
      const [channel, down, across] = [Math.floor(plane / 9), (Math.floor(plane / 3) % 3) - 1, (plane % 3) - 1];
      const row = (channel * height + 2 * y + down) * width + across;
      const seen = 2 * y + down >= 0;
      for (let x = left; x < right; x += 1) {
        around[plane * wide + x] = seen && 2 * x + across >= 0 ? planes[row + 2 * x] : 0;
      }
    }
    mixRow(layer, around, 0, wide, mixed, 0, wide, left, right);
    for (let o = 0; o < layer.outputs; o += 1) {
      const plane = (o * high + y) * wide;
      for (let x = left; x < right; x += 1) data[plane + x] = Math.max(mixed[o * wide + x], 0);
    }
  }
  return { width: wide, height: high, spans, planes: layer.outputs, data };
}

// Returns a map after a unit: each pixel's numbers mixed, then each plane filtered. `least` is what
// smaller results become.
function apply({ mix, taps, biases }, { width, height, spans, data: from }, least = 0) {
  const pixels = width * height;
  const data = from.length < mix.outputs * pixels ? new Float32Array(mix.outputs * pixels) : from;
  // Of what is mixed three rows are kept, in turn, each between two zeros.
  const kept = width + 2;
  const mixed = new Float64Array(mix.outputs * 3 * kept);
  const slot = (y) => (y % 3) * kept + 1;
  const mixNext = (y) => {
    const [left, right] = [spans[2 * y], spans[2 * y + 1]];
    if (right - left < width) {
      for (let o = 0; o < mix.outputs; o += 1) mixed.fill(0, o * 3 * kept + slot(y), o * 3 * kept + slot(y) + width);
    }
    mixRow(mix, from, y * width, pixels, mixed, slot(y), 3 * kept, left, right);
  };
  mixNext(0);
  for (let y = 0; y < height; y += 1) {
    if (y + 1 < height) mixNext(y + 1);
    // A row beyond the edge is read from within, and counts for nothing.
    const [top, bottom] = [y > 0 ? 1 : 0, y + 1 < height ? 1 : 0];
    const [above, here, below] = [slot(y - top), slot(y), slot(y + bottom)];
    for (let o = 0; o < mix.outputs; o += 1) {
      const from3 = o * 3 * kept;
      filterRow(
        taps, o * 9, biases[o], top, bottom, mixed, from3 + above, from3 + here, from3 + below,
        data, o * pixels + y * width, spans[2 * y], spans[2 * y + 1], least,
      );
    }
  }
  return { width, height, spans, planes: mix.outputs, data };
}

// Sets each pixel's outputs from the same pixel's inputs, for a row from `left` up to `right`; row
// and distance of planes are given for both.
function mixRow({ inputs, outputs, weights, biases }, from, input, fromPlane, to, output, toPlane, left, right) {
  for (let o = 0; o < outputs; o += 1) {
    const start = output + o * toPlane;
    to.fill(biases[o], start + left, start + right);
  }
  for (let o = 0; o < outputs; o += AT_ONCE) {
    for (let i = 0; i < inputs; i += AT_ONCE) {
      const k = o * inputs + i * AT_ONCE;
      mixSome(weights, k, from, input + i * fromPlane, fromPlane, to, output + o * toPlane, toPlane, left, right);
    }
  }
}

function mixSome(w, k, from, input, fromPlane, to, output, toPlane, left, right) {
  const i0 = input, i1 = i0 + fromPlane, i2 = i1 + fromPlane, i3 = i2 + fromPlane;
  const i4 = i3 + fromPlane, i5 = i4 + fromPlane, i6 = i5 + fromPlane, i7 = i6 + fromPlane;
  const o0 = output, o1 = o0 + toPlane, o2 = o1 + toPlane, o3 = o2 + toPlane;
  const o4 = o3 + toPlane, o5 = o4 + toPlane, o6 = o5 + toPlane, o7 = o6 + toPlane;
  const a0 = w[k], a1 = w[k + 1], a2 = w[k + 2], a3 = w[k + 3];
  const a4 = w[k + 4], a5 = w[k + 5], a6 = w[k + 6], a7 = w[k + 7];
  const b0 = w[k + 8], b1 = w[k + 9], b2 = w[k + 10], b3 = w[k + 11];
  const b4 = w[k + 12], b5 = w[k + 13], b6 = w[k + 14], b7 = w[k + 15];
  const c0 = w[k + 16], c1 = w[k + 17], c2 = w[k + 18], c3 = w[k + 19];
  const c4 = w[k + 20], c5 = w[k + 21], c6 = w[k + 22], c7 = w[k + 23];
  const d0 = w[k + 24], d1 = w[k + 25], d2 = w[k + 26], d3 = w[k + 27];
  const d4 = w[k + 28], d5 = w[k + 29], d6 = w[k + 30], d7 = w[k + 31];
  const e0 = w[k + 32], e1 = w[k + 33], e2 = w[k + 34], e3 = w[k + 35];
  const e4 = w[k + 36], e5 = w[k + 37], e6 = w[k + 38], e7 = w[k + 39];
  const f0 = w[k + 40], f1 = w[k + 41], f2 = w[k + 42], f3 = w[k + 43];
  const f4 = w[k + 44], f5 = w[k + 45], f6 = w[k + 46], f7 = w[k + 47];
  const g0 = w[k + 48], g1 = w[k + 49], g2 = w[k + 50], g3 = w[k + 51];
  const g4 = w[k + 52], g5 = w[k + 53], g6 = w[k + 54], g7 = w[k + 55];
  const h0 = w[k + 56], h1 = w[k + 57], h2 = w[k + 58], h3 = w[k + 59];
  const h4 = w[k + 60], h5 = w[k + 61], h6 = w[k + 62], h7 = w[k + 63];
  for (let p = left; p < right; p += 1) {
    const a = from[i0 + p];
    const b = from[i1 + p];
    const c = from[i2 + p];
    const d = from[i3 + p];
    const e = from[i4 + p];
    const f = from[i5 + p];
    const g = from[i6 + p];
    const h = from[i7 + p];
    to[o0 + p] += a * a0 + b * b0 + c * c0 + d * d0 + e * e0 + f * f0 + g * g0 + h * h0;
    to[o1 + p] += a * a1 + b * b1 + c * c1 + d * d1 + e * e1 + f * f1 + g * g1 + h * h1;
    to[o2 + p] += a * a2 + b * b2 + c * c2 + d * d2 + e * e2 + f * f2 + g * g2 + h * h2;
    to[o3 + p] += a * a3 + b * b3 + c * c3 + d * d3 + e * e3 + f * f3 + g * g3 + h * h3;
    to[o4 + p] += a * a4 + b * b4 + c * c4 + d * d4 + e * e4 + f * f4 + g * g4 + h * h4;
    to[o5 + p] += a * a5 + b * b5 + c * c5 + d * d5 + e * e5 + f * f5 + g * g5 + h * h5;
    to[o6 + p] += a * a6 + b * b6 + c * c6 + d * d6 + e * e6 + f * f6 + g * g6 + h * h6;
    to[o7 + p] += a * a7 + b * b7 + c * c7 + d * d7 + e * e7 + f * f7 + g * g7 + h * h7;
  }
}

// Filters a row of one plane by its 3 × 3 taps, from `left` up to `right`. What each column gives to
// the pixel before, to its own and to the next is added up as it is met.
function filterRow(taps, k, bias, top, bottom, from, above, middle, below, to, output, left, right, least) {
  const a0 = taps[k] * top, a1 = taps[k + 1] * top, a2 = taps[k + 2] * top;
  const b0 = taps[k + 3], b1 = taps[k + 4], b2 = taps[k + 5];
  const c0 = taps[k + 6] * bottom, c1 = taps[k + 7] * bottom, c2 = taps[k + 8] * bottom;
  let a = from[above + left];
  let b = from[middle + left];
  let c = from[below + left];
  let own = bias + from[above + left - 1] * a0 + from[middle + left - 1] * b0 + from[below + left - 1] * c0;
  own += a * a1 + b * b1 + c * c1;
  let next = bias + a * a0 + b * b0 + c * c0;
  for (let x = left; x < right; x += 1) {
    a = from[above + x + 1];
    b = from[middle + x + 1];
    c = from[below + x + 1];
    to[output + x] = Math.max(own + a * a2 + b * b2 + c * c2, least);
    own = next + a * a1 + b * b1 + c * c1;
    next = bias + a * a0 + b * b0 + c * c0;
  }
}

// Returns a map of half the size: of each two by two, the largest. It has room for all planes that
// later units make of it.
function halve({ width, height, spans: fullSpans, planes, data }) {
  const [wide, high, spans] = [width / 2, height / 2, halfSpans(fullSpans)];
  const to = new Float32Array(MOST_PLANES * wide * high);
  for (let row = 0; row < planes * high; row += 1) {
    const y = row % high;
    for (let x = spans[2 * y], p = 2 * (row * width + x); x < spans[2 * y + 1]; x += 1, p += 2) {
      to[row * wide + x] = Math.max(data[p], data[p + 1], data[p + width], data[p + width + 1]);
    }
  }
  return { width: wide, height: high, spans, planes, data: to };
}

// Returns a map with another of half its size added, whose every pixel counts for two by two.
function addDoubled(map, smaller) {
  const { width, height, spans, planes, data } = map;
  for (let row = 0; row < planes * height; row += 1) {
    const y = row % height;
    // Heights are even, so rows of all planes can be counted through.
    const from = (row >> 1) * smaller.width;
    for (let x = spans[2 * y]; x < spans[2 * y + 1]; x += 1) data[row * width + x] += smaller.data[from + (x >> 1)];
  }
  return map;
}
