// Leave at once: cover the page before the browser begins to load the neutral site.
const link = document.getElementById("quick-exit");
const PRESSES = 3;
const WITHIN_MS = 5000;
let presses = [];

function leave(event) {
  event?.preventDefault();
  document.documentElement.classList.add("covered");
  document.title = "…";
  // replace(), so that the back button does not lead back to this page.
  window.location.replace(link.href);
}

document.getElementById("quick-exit-keys").hidden = false; // the hint about the Shift key
link.addEventListener("click", leave);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Shift" || event.repeat) {
    if (event.key !== "Shift") presses = [];
    return;
  }
  const now = Date.now();
  presses = [...presses.filter((time) => now - time < WITHIN_MS), now];
  if (presses.length >= PRESSES) leave();
});
