// Makes a file of a finished card, in the ways that browsers have left.
const JPEG_QUALITY = 0.85;
const PATIENCE_MS = 4000; // a slow phone takes a tenth of it

// Returns a canvas as a JPEG without metadata. Throws where the browser makes none.
export async function cleanJpeg(canvas) {
  // The second is older and blocks the page, but works in browsers where the first gives nothing
  // or never calls back.
  const bytes = (await blobBytes(canvas).catch(() => null)) || addressBytes(canvas.toDataURL("image/jpeg", JPEG_QUALITY));
  return new Blob(withoutMetadata(bytes), { type: "image/jpeg" });
}

async function blobBytes(canvas) {
  const blob = await new Promise((resolve) => {
    window.setTimeout(resolve, PATIENCE_MS, null);
    canvas.toBlob(resolve, "image/jpeg", JPEG_QUALITY);
  });
  return blob && isJpeg(blob.type) ? new Uint8Array(await blob.arrayBuffer()) : null;
}

const isJpeg = (type) => type === "image/jpeg";

// Returns the bytes of a JPEG in a data: address; without memory a canvas gives "data:,".
export function addressBytes(address) {
  const [head, body] = address.split(";base64,");
  if (!isJpeg(head.slice("data:".length)) || !body) throw new Error("the browser made no JPEG");
  return Uint8Array.from(window.atob(body), (letter) => letter.charCodeAt(0));
}

// Returns the parts of a JPEG that are kept: segments APP1 to APP15 and comments are cut out.
function withoutMetadata(bytes) {
  const kept = [bytes.subarray(0, 2)];
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1];
    if (marker === 0xda) break;
    const end = at + 2 + bytes[at + 2] * 256 + bytes[at + 3];
    const isMetadata = (marker >= 0xe1 && marker <= 0xef) || marker === 0xfe;
    if (!isMetadata) kept.push(bytes.subarray(at, end));
    at = end;
  }
  kept.push(bytes.subarray(at));
  return kept;
}

// Returns a file as a data: address, which a page may show where its policy forbids blob:.
export function addressOf(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(file);
  });
}
