// The ways to keep a finished card: the share sheet, a picture to hold down, a download. Used by the
// editor and by the page with the server's card, on the parts of templates/components/keeping.html.

// Whoever holds a phone looks for the card among the photos, where the share sheet puts it; a
// download goes to the files, and does nothing in the browsers of Facebook, Instagram and others.
const onTouchScreen = () => window.matchMedia("(pointer: coarse)").matches;

function canShare(file) {
  try {
    return Boolean(navigator.share && navigator.canShare?.({ files: [file] }));
  } catch {
    return false;
  }
}

// Returns a finished card of this size as a picture.
export function pictureOf({ width, height }, address, alt) {
  const picture = new Image(width, height);
  picture.dataset.part = "kept";
  picture.alt = alt;
  picture.src = address;
  return picture;
}

export class Keeping {
  constructor(root) {
    this.root = root;
    this.file = null;
    this._part("share").addEventListener("click", () => this._share());
  }

  // Shows the ways that this device has for this file.
  offer(file) {
    this.file = file;
    const shares = canShare(file);
    const touch = onTouchScreen();
    this._part("share").hidden = !shares;
    this._part("refused").hidden = true;
    this._showOtherWays(touch && !shares);
    const buttons = [this._part("share"), this._part("download")];
    // Where neither is sure to work, neither is the main one: the picture is.
    buttons[0].classList.toggle("button--quiet", !touch);
    buttons[1].classList.toggle("button--quiet", touch);
    this._part("buttons").prepend(...(touch ? buttons : buttons.reverse()));
  }

  async _share() {
    try {
      await navigator.share({ files: [this.file] });
    } catch (error) {
      if (error.name === "AbortError") return; // closed by the visitor
      this._part("refused").hidden = false;
      this._showOtherWays(onTouchScreen());
    }
  }

  _showOtherWays(are) {
    this._part("hold").hidden = !are;
    this._part("elsewhere").hidden = !are;
  }

  // Looked up each time: the address in it changes with the region and period.
  _part(name) {
    return this.root.querySelector(`[data-part="${name}"]`);
  }
}
