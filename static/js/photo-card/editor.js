// The visitor's own photo on the card, on the visitor's device: choose, cover, confirm, download.
import { breathe, canvasFor, demandMemory, newCanvas, release } from "./canvases.js";
import { composeCard, composeField, destroy } from "./compose.js";
import { Covers } from "./covers.js";
import { Finder } from "./finder.js";
import { Guard } from "./guard.js";
import { addressOf, cleanJpeg } from "./jpeg.js";
import { Keeping, pictureOf } from "./keeping.js";
import { loadPicture, loadPictures } from "./pictures.js";
import { readPhoto } from "./reading.js";
import { fetchResult, showResult } from "./scenario.js";
import { readsTruly } from "./trust.js";

const section = document.getElementById("own-photo");
const setup = JSON.parse(document.getElementById("own-photo-setup").textContent);
const { rules, words } = setup;
let { formats } = setup;
const another = document.getElementById("another");
const part = (name) => section.querySelector(`[data-part="${name}"]`);
const SHOWN_PX = 800;

const state = { photo: null, small: null, format: "", turn: 0, announce: false };
const covers = new Covers({ stage: part("stage"), box: part("covers"), rules, words, say, changed });
const keeping = new Keeping(section);
const finder = new Finder(rules);
const guard = new Guard({ finder, covers, part, words, rules, say, changed });
const basesOf = (layouts) => Object.values(layouts).map((layout) => layout.base);

function busy(is) {
  part("busy").hidden = !is;
  if (is) say(words.busy);
}

function say(text) {
  part("status").textContent = text;
}

// ---- The photo

async function choosePhoto() {
  const [file] = part("file").files;
  if (!file) return;
  forgetCard();
  window.clearTimeout(waiting);
  state.turn += 1;
  const { turn } = state;
  part("editor").hidden = true;
  // Another photo may show another child, so the consent must be given again.
  part("consent").checked = false;
  part("unreadable").hidden = true;
  busy(true);
  try {
    const photo = await readPhoto(file);
    await breathe();
    if (turn !== state.turn) return release(photo);
    await guard.begin(photo);
    if (turn !== state.turn) return release(photo);
    const small = shrunk(photo);
    await breathe();
    if (turn !== state.turn) return [photo, small].forEach(release);
    busy(false);
    begin(photo, small);
    await breathe();
    arrive();
  } catch ({ reason }) {
    if (turn !== state.turn) return;
    busy(false);
    state.photo = null;
    showUnreadable(reason || "memory");
  }
}

// Returns the photo at the size at which the stage shows it.
function shrunk(photo) {
  const { width, height } = photo;
  const scale = Math.min(1, SHOWN_PX / Math.max(width, height));
  const small = newCanvas(width * scale, height * scale);
  small.getContext("2d").drawImage(photo, 0, 0, small.width, small.height);
  demandMemory(small);
  return small;
}

function begin(photo, small) {
  release(state.photo);
  release(state.small);
  Object.assign(state, { photo, small });
  part("editor").hidden = false;
  part("another").append(another); // the form for another region or period, beside the card
  changed();
}

// Brings the visitor to the covers, unless another photo was chosen meanwhile.
function arrive() {
  if (part("editor").hidden) return;
  say(part("found").textContent);
  part("editor").scrollIntoView({ block: "nearest" });
  covers.focus();
}

// Says why, and offers the server where it could read what this browser cannot.
function showUnreadable(reason) {
  part("unreadable").hidden = false;
  part("reason").textContent = words.unreadable[reason];
  part("offer").hidden = ["away", "large"].includes(reason);
  say(words.unreadable[reason]);
}

// ---- Stage and card

function drawStage() {
  const stage = part("stage");
  const scale = state.small.width / state.photo.width;
  // Cover them on a second canvas first: the stage must never show the face, not for one frame.
  const shown = canvasFor("stage", state.small.width, state.small.height);
  shown.getContext("2d", { willReadFrequently: true }).drawImage(state.small, 0, 0);
  for (const cover of covers.list) {
    destroy(shown, { x: cover.x * scale, y: cover.y * scale, side: cover.side * scale }, rules.cover);
  }
  demandMemory(shown);
  stage.width = shown.width;
  stage.height = shown.height;
  stage.getContext("2d").drawImage(shown, 0, 0);
}

function forgetCard() {
  if (part("download").href) URL.revokeObjectURL(part("download").href);
  part("download").removeAttribute("href");
  part("done").hidden = true;
  part("failed").hidden = true;
  section.querySelectorAll('[data-part="kept"]').forEach((picture) => picture.remove());
  part("card").hidden = false;
}

let waiting = 0;
function changed() {
  forgetCard();
  window.clearTimeout(waiting);
  if (part("editor").hidden) return; // a search that ended before there is anything to see
  state.turn += 1; // a card that is being made is one of before this change
  covers.draw();
  guard.check();
  part("remove").disabled = covers.list.length === 1;
  try {
    drawStage();
  } catch {
    part("failed").hidden = false;
    return;
  }
  waiting = window.setTimeout(makeCard, 150);
}

async function makeCard() {
  state.turn += 1;
  const { turn } = state;
  try {
    await finishCard(turn);
  } catch {
    if (turn !== state.turn) return;
    forgetCard();
    part("failed").hidden = false;
  }
}

async function finishCard(turn) {
  const layout = formats[state.format];
  const [base, image] = await Promise.all([loadPicture(layout.base), loadPicture(setup.label.path)]);
  if (turn !== state.turn) return;
  // In three pieces; the canvases are those of every card, so one that was overtaken ends.
  const field = composeField(state.photo, covers.list, layout, rules);
  await breathe();
  if (turn !== state.turn) return;
  const card = composeCard(base, field, layout, { ...setup.label, image });
  await breathe();
  if (turn !== state.turn) return;
  demandMemory(card);
  const shown = part("card");
  shown.width = card.width;
  shown.height = card.height;
  shown.getContext("2d").drawImage(card, 0, 0);
  part("preview").hidden = Boolean(guard.open);
  if (!part("consent").checked || !guard.allows) return;
  // Make the file before the click: browsers open a share sheet only directly from a click.
  const file = new File([await cleanJpeg(card)], setup.file_name, { type: "image/jpeg" });
  const address = await addressOf(file);
  if (turn !== state.turn) return;
  // From here on an <img> shows the card: a canvas cannot be held down and saved.
  part("card").after(pictureOf(card, address, part("card").getAttribute("aria-label")));
  part("card").hidden = true;
  part("download").href = URL.createObjectURL(file);
  part("download").download = setup.file_name;
  keeping.offer(file);
  part("done").hidden = false;
  // Announced once: after every step of a cover it would interrupt the words on its position.
  if (state.announce) say(words.ready);
  state.announce = false;
}

// ---- Another region or period

let asked = 0;
// Without a photo the form is sent as usual and opens the other page.
async function changeScenario(event) {
  if (!state.photo) return;
  event.preventDefault();
  asked += 1;
  const mine = asked;
  part("unchanged").hidden = true;
  busy(true);
  try {
    const result = await fetchResult(another);
    await loadPictures(basesOf(result.setup.formats));
    if (mine !== asked) return;
    formats = result.setup.formats;
    showResult(result);
    state.announce = true;
    changed();
  } catch {
    if (mine !== asked) return;
    part("unchanged").hidden = false;
    say(words.unchanged);
  } finally {
    if (mine === asked) busy(false);
  }
}

// ---- Wiring

// Fetch everything before there is a photo: from then on the page needs no network and works in
// aeroplane mode.
export async function open() {
  // Asked at the click: before one, browsers that ask the visitor's leave refuse without asking.
  part("falsified").hidden = await readsTruly().catch(() => false);
  if (!part("falsified").hidden) return;
  part("open").hidden = true;
  part("chooser").hidden = false;
  part("offline").hidden = true;
  busy(true);
  try {
    await Promise.all([loadPictures([setup.label.path, ...basesOf(formats)]), finder.load()]);
    part("file").disabled = false;
    part("file").focus();
    // Open the file chooser at once, unless a slow line took longer than the click still counts.
    if (navigator.userActivation?.isActive) part("file").click();
  } catch {
    part("open").hidden = false;
    part("chooser").hidden = true;
    part("offline").hidden = false;
    part("open").focus();
    say(words.offline);
  } finally {
    busy(false);
  }
}

function start() {
  part("file").addEventListener("change", choosePhoto);
  // Or the same photo, chosen again after a trouble, would be no change.
  part("file").addEventListener("click", () => {
    part("file").value = "";
  });
  part("add").addEventListener("click", () => covers.add());
  part("remove").addEventListener("click", () => covers.remove());
  part("consent").addEventListener("change", () => {
    state.announce = part("consent").checked;
    changed();
  });
  part("retry").addEventListener("click", changed);
  another.addEventListener("submit", changeScenario);
  const buttons = { left: "ArrowLeft", right: "ArrowRight", up: "ArrowUp", down: "ArrowDown", larger: "+", smaller: "-", back: "<", on: ">" };
  for (const [name, key] of Object.entries(buttons)) {
    part(name).addEventListener("click", () => covers.press(key));
  }
  for (const radio of section.querySelectorAll("[name=own-format]")) {
    // Some browsers restore an earlier choice when a page is reloaded.
    if (radio.checked) state.format = radio.value;
    radio.addEventListener("change", () => {
      state.format = radio.value;
      state.announce = true;
      changed();
    });
  }
}

start();
