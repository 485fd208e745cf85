// Every canvas of the editor comes from here.
export function newCanvas(width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width);
  canvas.height = Math.round(height);
  return canvas;
}

// Canvases that are used again: a phone has little memory for them and frees it late, so a new one
// for every step of a cover would soon get none.
const kept = new Map();

// Returns the canvas for this use, empty and of this size.
export function canvasFor(use, width, height) {
  if (!kept.has(use)) kept.set(use, document.createElement("canvas"));
  const canvas = kept.get(use);
  canvas.width = Math.round(width);
  canvas.height = Math.round(height);
  return canvas;
}

// Gives back the memory of a canvas that is not needed any more.
export function release(canvas) {
  if (canvas) canvas.width = canvas.height = 0;
}

// Throws where a canvas got no memory: browsers then say nothing and leave it transparent.
export function demandMemory(canvas) {
  const { data } = canvas.getContext("2d").getImageData(canvas.width - 1, canvas.height - 1, 1, 1);
  if (data[3] !== 255) throw new Error("this canvas got no memory");
}

// Lets the page answer a finger between two pieces of work that are long on a slow phone.
export const breathe = () => new Promise((resolve) => window.setTimeout(resolve));
