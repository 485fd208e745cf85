// The covers over a photo: their places, and how finger, mouse and keyboard move and size them.
import { labelOf } from "./found.js";
import { heldInside } from "./geometry.js";

const STEP = 0.02; // of the photo's shorter side, for one press of an arrow
const ZOOM = 1.08;
const TURN = 15; // degrees
const GRIP_PX = 28; // the corner that sizes a cover when dragged; at most a third of the cover
const percent = (value) => Math.round(value * 100);

export class Covers {
  // `stage` shows the photo and `box` lies over it; `changed` is called after every change.
  constructor({ stage, box, rules, words, say, changed }) {
    Object.assign(this, { stage, box, rules, words, say, changed });
    this.list = [];
    this.chosen = 0;
    this.photo = null;
    stage.addEventListener("click", (event) => this._tap(event));
  }

  // Starts on a new photo, with these covers, or with one where a face usually is.
  beginOn(photo, covers = []) {
    const { width, height } = photo;
    this.photo = photo;
    this.list = [];
    for (const cover of covers) this.include(cover);
    if (!covers.length) {
      const side = this.rules.first * Math.min(width, height);
      const eyes = { across: 0, down: -this.rules.eyes_above_middle };
      this.list = [{ x: width / 2, y: height * 0.42, side, angle: 0, eyes, face: 1 / this.rules.head_share }];
    }
    this.chosen = 0;
  }

  // Adds a cover in its place; the chosen one stays chosen.
  include(cover) {
    this.list.push(heldInside(this.photo, cover, this.rules));
  }

  add() {
    const last = this.list[this.chosen];
    const cover = { ...last, x: last.x < this.photo.width / 2 ? last.x + last.side : last.x - last.side };
    this.list.push(heldInside(this.photo, cover, this.rules));
    this.chosen = this.list.length - 1;
    this.changed();
    this.focus();
    this._announce();
  }

  // One cover always stays: without one there is no card.
  remove() {
    if (this.list.length === 1) return;
    this.list.splice(this.chosen, 1);
    this.chosen = 0;
    this.changed();
    this.focus();
    this.say(this.words.removed.replace("{count}", this.list.length));
  }

  // Does to the chosen cover what a key says; buttons call it too. Returns whether the key has one.
  press(key, far = false) {
    const step = STEP * Math.min(this.photo.width, this.photo.height) * (far ? 4 : 1);
    const difference = {
      ArrowLeft: { x: -step },
      ArrowRight: { x: step },
      ArrowUp: { y: -step },
      ArrowDown: { y: step },
      "+": { zoom: ZOOM },
      "=": { zoom: ZOOM },
      "-": { zoom: 1 / ZOOM },
      "<": { turn: -TURN },
      ">": { turn: TURN },
    }[key];
    if (!difference) return false;
    this._change(difference);
    this._announce();
    return true;
  }

  focus() {
    this._handles[this.chosen].focus({ preventScroll: true });
  }

  draw() {
    while (this._handles.length > this.list.length) this.box.lastChild.remove();
    while (this._handles.length < this.list.length) this.box.append(this._newHandle(this._handles.length));
    const { width, height } = this.photo;
    this._handles.forEach((handle, index) => {
      const cover = this.list[index];
      handle.style.left = `${((cover.x - cover.side / 2) / width) * 100}%`;
      handle.style.top = `${((cover.y - cover.side / 2) / height) * 100}%`;
      handle.style.width = `${(cover.side / width) * 100}%`;
      handle.style.height = `${(cover.side / height) * 100}%`;
      handle.classList.toggle("cover--chosen", index === this.chosen);
      drawLabel(handle.firstChild.style, cover);
    });
  }

  get _handles() {
    return [...this.box.querySelectorAll("button")];
  }

  _change({ x = 0, y = 0, zoom = 1, turn = 0 }) {
    const cover = this.list[this.chosen];
    const angle = (cover.angle + turn) % 360;
    const next = { ...cover, x: cover.x + x, y: cover.y + y, side: cover.side * zoom, angle };
    this.list[this.chosen] = heldInside(this.photo, next, this.rules);
    this.changed();
  }

  _announce() {
    const { width, height } = this.photo;
    const cover = this.list[this.chosen];
    this.say(
      this.words.position
        .replace("{number}", this.chosen + 1)
        .replace("{x}", percent(cover.x / width))
        .replace("{y}", percent(cover.y / height))
        .replace("{size}", percent(cover.side / width))
        .replace("{angle}", Math.round(labelOf(cover).angle)),
    );
  }

  _newHandle(index) {
    const handle = document.createElement("button");
    handle.type = "button";
    handle.className = "cover";
    handle.setAttribute("aria-label", this.words.handle.replace("{number}", index + 1));
    handle.setAttribute("aria-describedby", "own-photo-keys");
    handle.append(document.createElement("span")); // where the label will be
    handle.addEventListener("keydown", (event) => {
      this.chosen = index;
      if (this.press(event.key, event.shiftKey)) event.preventDefault();
    });
    handle.addEventListener("pointerdown", (event) => this._grab(event, index));
    handle.addEventListener("focus", () => {
      this.chosen = index;
      this.draw();
    });
    return handle;
  }

  // Moves the cover, or sizes it when it is dragged by its lower right corner.
  _grab(event, index) {
    const handle = event.currentTarget;
    const box = handle.getBoundingClientRect();
    const scale = this.photo.width / this.stage.getBoundingClientRect().width;
    const grip = Math.min(GRIP_PX, box.width / 3);
    const sizes = event.clientX > box.right - grip && event.clientY > box.bottom - grip;
    handle.setPointerCapture(event.pointerId);
    this.chosen = index;
    let [lastX, lastY] = [event.clientX, event.clientY];
    const move = (moved) => {
      const [x, y] = [(moved.clientX - lastX) * scale, (moved.clientY - lastY) * scale];
      this.chosen = index;
      this._change(sizes ? { zoom: 1 + (x + y) / this.list[index].side } : { x, y });
      [lastX, lastY] = [moved.clientX, moved.clientY];
    };
    const end = () => {
      handle.removeEventListener("pointermove", move);
      handle.removeEventListener("pointerup", end);
      handle.removeEventListener("pointercancel", end);
    };
    handle.addEventListener("pointermove", move);
    handle.addEventListener("pointerup", end);
    handle.addEventListener("pointercancel", end);
  }

  // A tap beside the covers moves the chosen one there.
  _tap({ clientX, clientY }) {
    const box = this.stage.getBoundingClientRect();
    const scale = this.photo.width / box.width;
    const cover = this.list[this.chosen];
    this._change({ x: (clientX - box.left) * scale - cover.x, y: (clientY - box.top) * scale - cover.y });
    this._announce();
  }
}

// Shows on a cover where its label will be, in shares of the cover.
function drawLabel(style, cover) {
  const { x, y, width, angle } = labelOf(cover);
  style.left = `${((x - cover.x) / cover.side + 0.5) * 100}%`;
  style.top = `${((y - cover.y) / cover.side + 0.5) * 100}%`;
  style.width = `${(width / cover.side) * 100}%`;
  style.rotate = `${angle}deg`;
}
