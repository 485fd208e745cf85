// Asks the worker for the faces in a photo. Where there is none (an old browser, a line that broke)
// the visitor covers every face without its help, and is told so.
import { newCanvas } from "./canvases.js";

const LONGEST_PX = 640; // of the photo as the search gets it
const PATIENCE_MS = 30000; // for the numbers to arrive, and between two looks

export class Finder {
  constructor(rules) {
    this.rules = rules;
    this.id = 0;
    this.hear = () => {};
  }

  // Starts the worker; resolves once it can search or it is clear that it cannot.
  load() {
    this.loading ||= new Promise((resolve) => {
      this.end = () => {
        this.worker?.terminate();
        this.worker = null;
        this.loading = null;
        resolve();
        this.hear({ failed: true });
      };
      try {
        this.worker = new Worker(new URL("../faces/worker.js", import.meta.url), { type: "module" });
      } catch {
        this.end();
        return;
      }
      this._wait();
      this.worker.onerror = this.end;
      this.worker.onmessage = ({ data }) => {
        this._wait(data.done || data.ready);
        if (data.ready) resolve();
        else if (data.failed) this.end();
        else if (data.id === this.id) this.hear(data);
      };
    });
    return this.loading;
  }

  // Searches a photo on a canvas and calls `hear` with the faces, in the photo's pixels, after each
  // look; with `done` at the end; or with `failed`. A search that still runs is given up.
  search(photo, hear) {
    this.id += 1;
    this.hear = () => {};
    if (!this.worker) {
      hear({ failed: true });
      return;
    }
    const zoom = LONGEST_PX / Math.max(photo.width, photo.height);
    const seen = newCanvas(Math.max(32, photo.width * zoom), Math.max(32, photo.height * zoom));
    const context = seen.getContext("2d", { willReadFrequently: true });
    context.imageSmoothingQuality = "high";
    context.drawImage(photo, 0, 0, seen.width, seen.height);
    const { width, height, data } = context.getImageData(0, 0, seen.width, seen.height);
    this.hear = ({ faces = [], ...rest }) => hear({ faces: faces.map((face) => grown(face, 1 / zoom)), ...rest });
    this._wait();
    const message = { id: this.id, photo: { width, height, data }, rules: this.rules };
    this.worker.postMessage(message, [data.buffer]);
  }

  _wait(is_over = false) {
    window.clearTimeout(this.waiting);
    if (!is_over) this.waiting = window.setTimeout(this.end, PATIENCE_MS);
  }
}

function grown({ left, top, width, height, across, eyes, score }, zoom) {
  const [x, y] = [(left + width / 2) * zoom, (top + height / 2) * zoom];
  const scaled = eyes.map(([u, v]) => [u * zoom, v * zoom]);
  return { x, y, size: Math.max(width, height) * zoom, across: across * zoom, eyes: scaled, score };
}
