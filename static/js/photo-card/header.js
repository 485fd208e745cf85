// Reads size and position of a photo from its header, before anything decodes it: a photo of 200
// megapixels takes 800 MB when decoded, and a tab that dies says nothing.

// Returns {width, height} as stored and {orientation}, which is Exif's for a JPEG alone. Null where
// the bytes are no JPEG, PNG or WebP.
export function photoHeader(buffer) {
  const view = new DataView(buffer);
  try {
    if (view.getUint16(0) === 0xffd8) return jpegHeader(view);
    if (view.getUint32(0) === 0x89504e47) {
      return { width: view.getUint32(16), height: view.getUint32(20), orientation: 1 };
    }
    if (letters(view, 0) === "RIFF" && letters(view, 8) === "WEBP") return webpHeader(view);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error; // cut off in the middle
  }
  return null;
}

function letters(view, at) {
  return String.fromCharCode(...[0, 1, 2, 3].map((more) => view.getUint8(at + more)));
}

function jpegHeader(view) {
  let orientation = 1;
  for (let at = 2; ; at += 2 + view.getUint16(at + 2)) {
    while (view.getUint8(at + 1) === 0xff) at += 1; // filling
    const marker = view.getUint8(at + 1);
    if (view.getUint8(at) !== 0xff || marker === 0xda) return null;
    if (marker === 0xe1 && letters(view, at + 4) === "Exif") orientation = exifOrientation(view, at + 10);
    // A frame; 0xc4, 0xc8 and 0xcc lie among their markers and are none.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7), orientation, jpeg: true };
    }
  }
}

// Returns the orientation, 1 to 8, from the first directory of an Exif block that starts at `start`.
function exifOrientation(view, start) {
  const little = view.getUint16(start) === 0x4949;
  const directory = start + view.getUint32(start + 4, little);
  const entries = view.getUint16(directory, little);
  for (let entry = 0; entry < entries; entry += 1) {
    const at = directory + 2 + 12 * entry;
    if (view.getUint16(at, little) === 0x0112) return view.getUint16(at + 8, little);
  }
  return 1;
}

function webpHeader(view) {
  const bits = view.getUint32(21, true);
  const sizes = {
    "VP8 ": () => [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff],
    VP8L: () => [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1],
    VP8X: () => [24, 27].map((at) => view.getUint16(at, true) + (view.getUint8(at + 2) << 16) + 1),
  };
  const [width, height] = sizes[letters(view, 12)]?.() || [];
  return width ? { width, height, orientation: 1 } : null;
}
