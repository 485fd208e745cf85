// The visitor's own photo on the card, on the visitor's device: choose, cover, confirm, download.
import { cleanJpeg, composeCard, destroy, newCanvas, readPhoto } from "./compose.js";
import { Covers } from "./covers.js";

const section = document.getElementById("own-photo");
const setup = JSON.parse(document.getElementById("own-photo-setup").textContent);
const { rules, words } = setup;
let { formats } = setup;
const another = document.getElementById("another");
const part = (name) => section.querySelector(`[data-part="${name}"]`);
const SHOWN_PX = 800;
const PATIENCE_MS = 20000;

const state = { photo: null, small: null, format: "", blob: null, turn: 0, announce: false };
const covers = new Covers({ stage: part("stage"), box: part("covers"), rules, words, say, changed });
const pictures = new Map();

function loadPicture(address) {
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
async function loadPictures(addresses) {
  for (const address of addresses) await loadPicture(address);
}

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
  const photo = await readPhoto(file).catch(() => null);
  if (turn !== state.turn) return;
  busy(false);
  state.photo = photo;
  if (!photo) {
    part("unreadable").hidden = false;
    say(words.unreadable);
    return;
  }
  const { width, height } = photo;
  const scale = Math.min(1, SHOWN_PX / Math.max(width, height));
  state.small = newCanvas(width * scale, height * scale);
  state.small.getContext("2d").drawImage(photo, 0, 0, state.small.width, state.small.height);
  covers.beginOn(photo);
  part("editor").hidden = false;
  part("another").append(another); // the form for another region or period, beside the card
  changed();
  say(words.placed);
  part("editor").scrollIntoView({ block: "nearest" });
  covers.focus();
}

// ---- Stage and card

function drawStage() {
  const stage = part("stage");
  const scale = state.small.width / state.photo.width;
  // Cover them on a second canvas first: the stage must never show the face, not for one frame.
  const shown = newCanvas(state.small.width, state.small.height);
  shown.getContext("2d", { willReadFrequently: true }).drawImage(state.small, 0, 0);
  for (const cover of covers.list) {
    destroy(shown, { x: cover.x * scale, y: cover.y * scale, side: cover.side * scale }, rules.cover);
  }
  stage.width = shown.width;
  stage.height = shown.height;
  stage.getContext("2d").drawImage(shown, 0, 0);
}

function forgetCard() {
  if (part("download").href) URL.revokeObjectURL(part("download").href);
  part("download").removeAttribute("href");
  part("done").hidden = true;
  state.blob = null;
}

let waiting = 0;
function changed() {
  forgetCard();
  drawStage();
  covers.draw();
  part("remove").disabled = covers.list.length === 1;
  window.clearTimeout(waiting);
  waiting = window.setTimeout(makeCard, 150);
}

async function makeCard() {
  state.turn += 1;
  const turn = state.turn;
  const layout = formats[state.format];
  const [base, image] = await Promise.all([loadPicture(layout.base), loadPicture(setup.label.path)]);
  if (turn !== state.turn) return;
  const card = composeCard(base, state.photo, covers.list, layout, { ...setup.label, image }, rules);
  const shown = part("card");
  shown.width = card.width;
  shown.height = card.height;
  shown.getContext("2d").drawImage(card, 0, 0);
  part("preview").hidden = false;
  if (!part("consent").checked) return;
  // Make the file before the click: browsers open a share sheet only directly from a click.
  const blob = await cleanJpeg(card);
  if (turn !== state.turn) return;
  state.blob = new File([blob], setup.file_name, { type: "image/jpeg" });
  part("download").href = URL.createObjectURL(state.blob);
  part("download").download = setup.file_name;
  part("share").hidden = !(navigator.canShare && navigator.canShare({ files: [state.blob] }));
  part("done").hidden = false;
  // Announced once: after every step of a cover it would interrupt the words on its position.
  if (state.announce) say(words.ready);
  state.announce = false;
}

// ---- Another region or period

// Returns the address and the page of the result that the form asks for, and its card's setup.
async function fetchResult() {
  const address = `${another.action}/${another.elements.region.value}/${another.elements.period.value}`;
  const answer = await fetch(address, { signal: AbortSignal.timeout?.(PATIENCE_MS) });
  if (!answer.ok) throw new Error(answer.statusText);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return { address, page, setup: JSON.parse(page.getElementById("own-photo-setup").textContent) };
}

// Replaces the words on this page by those of the other result, so that the photo can stay.
function showResult({ address, page }) {
  const others = page.querySelectorAll("[data-scenario]");
  document.querySelectorAll("[data-scenario]").forEach((old, index) => old.replaceWith(others[index]));
  document.title = page.title;
  window.history.replaceState(null, "", address);
}

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
    const result = await fetchResult();
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

async function share() {
  try {
    await navigator.share({ files: [state.blob] });
  } catch (error) {
    if (error.name !== "AbortError") say(words.share_failed);
  }
}

// ---- Wiring

// Fetch everything before there is a photo: from then on the page needs no network and works in
// aeroplane mode.
async function open() {
  part("open").hidden = true;
  part("chooser").hidden = false;
  part("offline").hidden = true;
  busy(true);
  try {
    await loadPictures([setup.label.path, ...basesOf(formats)]);
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
  part("open").addEventListener("click", open);
  part("file").addEventListener("change", choosePhoto);
  part("add").addEventListener("click", () => covers.add());
  part("remove").addEventListener("click", () => covers.remove());
  part("consent").addEventListener("change", () => {
    state.announce = part("consent").checked;
    changed();
  });
  part("share").addEventListener("click", share);
  another.addEventListener("submit", changeScenario);
  const buttons = { left: "ArrowLeft", right: "ArrowRight", up: "ArrowUp", down: "ArrowDown", larger: "+", smaller: "-" };
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
  section.hidden = false;
}

if ("createImageBitmap" in window) start();
else document.getElementById("own-photo-server").hidden = false;
