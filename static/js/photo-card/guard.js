// Watches over the card: what was found is covered, and no card is kept while the search runs or a
// face lies open. The visitor covers it, or says that no face is there, one after the other.
import { coverFor, isCovered, isSame } from "./found.js";
import { heldInside } from "./geometry.js";

export class Guard {
  // `changed` is called when the search has ended or a find was answered.
  constructor({ finder, covers, part, words, rules, say, changed }) {
    Object.assign(this, { finder, covers, part, words, rules, say, changed });
    this.faces = [];
    this.searching = false;
    part("cover-it").addEventListener("click", () => this._coverIt());
    part("no-face").addEventListener("click", () => this._noFace());
  }

  // Resolves after the first look at a photo, with its covers in place.
  begin(photo) {
    this.photo = photo;
    this.faces = [];
    this.searching = true;
    this.start = null;
    return new Promise((resolve) => {
      this.finder.search(photo, ({ faces, done, failed }) => {
        this.searching = !done && !failed;
        if (this.start) this._later(faces || [], failed);
        else this._first(faces || [], failed);
        resolve();
      });
    });
  }

  // Returns whether nothing stands between the visitor and the card.
  get allows() {
    return !this.searching && !this.open;
  }

  // Returns the first face that lies open, if any.
  get open() {
    return this.faces.find((face) => !face.denied && !isCovered(face, this.covers.list, this.photo));
  }

  // Shows where a face lies open, or nothing; called after every change of a cover.
  check() {
    const { open } = this;
    this.part("searching").hidden = !this.searching;
    this.part("stopped").hidden = !open;
    this.part("marker").hidden = !open;
    if (!open) {
      this.part("stopped-text").textContent = "";
      return;
    }
    // A sure face is covered; only of a doubtful find the visitor may say that it is none.
    this.part("no-face").hidden = this._isSure(open);
    const { width, height } = this.photo;
    const text = (this._isSure(open) ? this.words.stopped_sure : this.words.stopped)
      .replace("{x}", Math.round((open.x / width) * 100))
      .replace("{y}", Math.round((open.y / height) * 100));
    const { style } = this.part("marker");
    style.left = `${((open.x - open.size / 2) / width) * 100}%`;
    style.top = `${((open.y - open.size / 2) / height) * 100}%`;
    style.width = `${(open.size / width) * 100}%`;
    style.height = `${(open.size / height) * 100}%`;
    // An alert, since the words on a cover's step are said at the same moment; once for each face.
    if (this.part("stopped-text").textContent !== text) this.part("stopped-text").textContent = text;
  }

  _first(faces, failed) {
    this.faces = faces.sort((a, b) => b.size - a.size);
    this.covers.beginOn(this.photo, this.faces.map((face) => coverFor(face, this.rules)));
    this.start = this.covers.list.slice();
    this.faces.forEach((face, index) => {
      face.cover = this.start[index];
    });
    this._report(failed);
  }

  _later(faces, failed) {
    const fresh = faces.filter((face) => !this.faces.some((known) => isSame(face, known)));
    const refined = faces.filter((face) => this._refine(face));
    const untouched = this.faces.length === 0 && this.covers.list.every((cover) => this.start.includes(cover));
    this.faces.push(...fresh);
    if (fresh.length && untouched) this.covers.list.length = 0;
    for (const face of fresh) {
      if (!isCovered(face, this.covers.list, this.photo)) this._cover(face);
    }
    if (fresh.length || !this.searching) this._report(failed, fresh.length > 0);
    // Not after a look that told nothing new: the card would begin again each time.
    if (fresh.length || refined.length || !this.searching) this.changed();
  }

  // Takes over what a closer look says of a face that is known, and with it moves a cover that the
  // visitor has not touched. Returns whether it says more.
  _refine(face) {
    const known = this.faces.find((each) => isSame(face, each));
    if (!known || face.score <= known.score) return false;
    // What the visitor said was said of the find before.
    Object.assign(known, face, { denied: false });
    const at = this.covers.list.indexOf(known.cover);
    if (at >= 0) {
      this.covers.list[at] = heldInside(this.photo, coverFor(known, this.rules), this.rules);
      known.cover = this.covers.list[at];
    }
    return true;
  }

  // Says what came of the search; nothing found is said as soon as nothing more will be.
  _report(failed, later = false) {
    const { found, found_later, none, not_searched, searching } = this.words;
    let text = (later ? found_later : found).replace("{count}", this.faces.length);
    if (failed) text = not_searched;
    else if (!this.faces.length) text = this.searching ? searching : none;
    if (text === this.part("found").textContent) return;
    this.part("found").textContent = text;
    this.say(text);
  }

  _cover(face) {
    this.covers.include(coverFor(face, this.rules));
    face.cover = this.covers.list.at(-1);
  }

  _isSure(face) {
    return face.score >= this.rules.sure_from_score;
  }

  _coverIt() {
    const { open } = this;
    if (!open) return;
    this._cover(open);
    this.covers.chosen = this.covers.list.length - 1;
    this._answered();
  }

  _noFace() {
    const { open } = this;
    if (!open || this._isSure(open)) return;
    open.denied = true;
    this._answered();
  }

  _answered() {
    this.changed();
    // The buttons may be gone, and the focus must not go with them.
    if (this.open) this.part("cover-it").focus();
    else this.covers.focus();
  }
}
