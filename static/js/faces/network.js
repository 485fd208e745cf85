// YuNet, the face detector of the server, in plain numbers: no WebAssembly, no library.
//
// A picture is held plane by plane: all pixels of one channel, row after row. So the innermost
// loops run along neighbours, and each number that was fetched is used four times or more.
const AT_ONCE = 4; // channels that the pointwise loop takes in and gives out in one go
const TILE = 256; // pixels in one go: what they need stays in the processor's nearest memory

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
    return { inputs, outputs: to, weights: inFours(take(from * to), from, inputs, to), biases: take(to) };
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

// Puts weights into the order of the pointwise loop: four inputs, for each of them four outputs.
function inFours(weights, from, inputs, to) {
  const ordered = new Float32Array(inputs * to);
  for (let o = 0; o < to; o += 1) {
    for (let i = 0; i < from; i += 1) {
      ordered[(o - (o % AT_ONCE)) * inputs + i * AT_ONCE + (o % AT_ONCE)] = weights[o * from + i];
    }
  }
  return ordered;
}

// Returns, for each stride, 16 planes: two logits, a box in four numbers and five points.
// `planes` is a picture in blue, green, red; its sides are multiples of 32.
export function runNetwork(network, planes, width, height) {
  let map = { width: width / 2, height: height / 2 };
  map.data = relu(mix(network.first, surroundings(planes, width, height), map));
  map = halve(apply(network.stride2, map));
  const found8 = applyAll(network.stride8, halve(applyAll(network.stride4, map)));
  const found16 = applyAll(network.stride16, halve(found8));
  const found32 = applyAll(network.stride32, halve(found16));
  const maps = { 32: apply(network.necks[32], found32) };
  maps[16] = apply(network.necks[16], addDoubled(found16, maps[32]));
  maps[8] = apply(network.necks[8], addDoubled(found8, maps[16]));
  return [8, 16, 32].map((stride) => ({ stride, ...apply(network.heads[stride], maps[stride], false) }));
}

const applyAll = (units, map) => units.reduce((before, unit) => apply(unit, before), map);

function apply(unit, map, positive = true) {
  const { width, height } = map;
  const data = filter(unit, mix(unit.mix, map.data, map), width, height);
  return { width, height, data: positive ? relu(data) : data };
}

// Returns the 27 numbers around every second pixel as planes of their own, and one of zeros, so
// that the first convolution is a pointwise one.
function surroundings(planes, width, height) {
  const [wide, high] = [width / 2, height / 2];
  const found = new Float32Array(28 * wide * high);
  let to = 0;
  for (let channel = 0; channel < 3; channel += 1) {
    for (let tap = 0; tap < 9; tap += 1) {
      const [down, across] = [Math.floor(tap / 3) - 1, (tap % 3) - 1];
      for (let y = 0; y < high; y += 1) {
        const row = (channel * height + 2 * y + down) * width + across;
        for (let x = 0; x < wide; x += 1, to += 1) {
          if (2 * y + down >= 0 && 2 * x + across >= 0) found[to] = planes[row + 2 * x];
        }
      }
    }
  }
  return found;
}

// Returns each pixel's outputs from the same pixel's inputs, four by four.
function mix({ inputs, outputs, weights: w, biases }, from, { width, height }) {
  const pixels = width * height;
  const to = new Float32Array(outputs * pixels);
  for (let o = 0; o < outputs; o += 1) to.fill(biases[o], o * pixels, (o + 1) * pixels);
  for (let start = 0; start < pixels; start += TILE) {
    const end = Math.min(start + TILE, pixels);
    for (let o = 0; o < outputs; o += AT_ONCE) {
      for (let i = 0; i < inputs; i += AT_ONCE) {
        mixFour(w, o * inputs + i * AT_ONCE, from, i * pixels, to, o * pixels, pixels, start, end);
      }
    }
  }
  return to;
}

function mixFour(w, k, from, input, to, output, pixels, start, end) {
  const [i0, i1, i2, i3] = [input, input + pixels, input + 2 * pixels, input + 3 * pixels];
  const [o0, o1, o2, o3] = [output, output + pixels, output + 2 * pixels, output + 3 * pixels];
  const [a0, a1, a2, a3] = [w[k], w[k + 1], w[k + 2], w[k + 3]];
  const [b0, b1, b2, b3] = [w[k + 4], w[k + 5], w[k + 6], w[k + 7]];
  const [c0, c1, c2, c3] = [w[k + 8], w[k + 9], w[k + 10], w[k + 11]];
  const [d0, d1, d2, d3] = [w[k + 12], w[k + 13], w[k + 14], w[k + 15]];
  for (let p = start; p < end; p += 1) {
    const a = from[i0 + p];
    const b = from[i1 + p];
    const c = from[i2 + p];
    const d = from[i3 + p];
    to[o0 + p] += a * a0 + b * b0 + c * c0 + d * d0;
    to[o1 + p] += a * a1 + b * b1 + c * c1 + d * d1;
    to[o2 + p] += a * a2 + b * b2 + c * c2 + d * d2;
    to[o3 + p] += a * a3 + b * b3 + c * c3 + d * d3;
  }
}

// Returns each plane filtered by its own 3 × 3 taps; beyond the edge there are zeros.
function filter({ taps, biases }, from, width, height) {
  const to = new Float32Array(from.length);
  for (let plane = 0; plane < biases.length; plane += 1) {
    for (let y = 0; y < height; y += 1) {
      filterRow(taps, plane * 9, biases[plane], from, to, plane * width * height, width, height, y);
    }
  }
  return to;
}

function filterRow(taps, k, bias, from, to, plane, width, height, y) {
  const middle = plane + y * width;
  // A row beyond the edge is read from within, and counts for nothing.
  const above = y > 0 ? middle - width : middle;
  const below = y < height - 1 ? middle + width : middle;
  const [top, bottom] = [y > 0 ? 1 : 0, y < height - 1 ? 1 : 0];
  const [a0, a1, a2] = [taps[k] * top, taps[k + 1] * top, taps[k + 2] * top];
  const [b0, b1, b2] = [taps[k + 3], taps[k + 4], taps[k + 5]];
  const [c0, c1, c2] = [taps[k + 6] * bottom, taps[k + 7] * bottom, taps[k + 8] * bottom];
  let [left0, left1, left2] = [0, 0, 0];
  let [here0, here1, here2] = [from[above], from[middle], from[below]];
  for (let x = 0; x < width; x += 1) {
    const inside = x + 1 < width;
    const next0 = inside ? from[above + x + 1] : 0;
    const next1 = inside ? from[middle + x + 1] : 0;
    const next2 = inside ? from[below + x + 1] : 0;
    to[middle + x] =
      bias + left0 * a0 + here0 * a1 + next0 * a2 + left1 * b0 + here1 * b1 + next1 * b2
      + left2 * c0 + here2 * c1 + next2 * c2;
    left0 = here0;
    left1 = here1;
    left2 = here2;
    here0 = next0;
    here1 = next1;
    here2 = next2;
  }
}

function relu(data) {
  for (let i = 0; i < data.length; i += 1) if (data[i] < 0) data[i] = 0;
  return data;
}

// Returns a map of half the size: of each two by two, the largest.
function halve({ width, height, data }) {
  const to = new Float32Array(data.length / 4);
  for (let i = 0, row = 0; row * width < data.length; row += 2) {
    for (let x = 0, p = row * width; x < width; x += 2, p += 2, i += 1) {
      to[i] = Math.max(data[p], data[p + 1], data[p + width], data[p + width + 1]);
    }
  }
  return { width: width / 2, height: height / 2, data: to };
}

// Returns a map plus another of half its size, whose every pixel counts for two by two.
function addDoubled({ width, height, data }, smaller) {
  const to = new Float32Array(data.length);
  for (let i = 0, row = 0; i < data.length; row += 1) {
    // Heights are even, so rows of all planes can be counted through.
    const from = (row >> 1) * smaller.width;
    for (let x = 0; x < width; x += 1, i += 1) to[i] = data[i] + smaller.data[from + (x >> 1)];
  }
  return { width, height, data: to };
}
