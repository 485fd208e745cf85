// Pictures of the site, asked for once: bases of cards and the label.
const pictures = new Map();

// Returns a picture once it can be drawn.
export function loadPicture(address) {
  if (!pictures.has(address)) {
    const image = new Image();
    image.src = address;
    const loaded = image.decode().then(() => image);
    pictures.set(address, loaded);
    // One that failed is asked for again the next time.
    loaded.catch(() => pictures.delete(address));
  }
  return pictures.get(address);
}

// One after another: asked for at once, they would wait for each other where the server is slow,
// and the last would be refused.
export async function loadPictures(addresses) {
  for (const address of addresses) await loadPicture(address);
}
