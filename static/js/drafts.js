// Keep what is typed as a draft, every few seconds, and warn on leaving only while something is not
// kept yet. Without JavaScript the button "Keep as draft" does the same.

const WAIT_MS = 2000;
const MOST_KEPT_ALIVE = 60_000;

const form = document.querySelector("form[data-draft]");
const kept = document.getElementById("kept");
let timer = 0;
// What was typed and not kept yet; `typed` counts, so that what is typed while keeping is not lost.
let typed = 0;
let safe = 0;

async function keep() {
  const now = typed;
  const fields = new URLSearchParams(new FormData(form));
  fields.set("do", "keep");
  // Only a small form outlives its page: browsers allow 64 kB.
  const keepalive = fields.toString().length < MOST_KEPT_ALIVE;
  let good = false;
  let why = kept.dataset.notKept;
  try {
    // The answer leads to the page as it stands here already: it is not followed.
    const answer = await fetch(form.action, { method: "POST", body: fields, redirect: "manual", keepalive });
    good = answer.type === "opaqueredirect";
    why = answer.status === 400 ? kept.dataset.keyLost : why;
  } catch {
    // Said below.
  }
  if (good) {
    safe = Math.max(safe, now);
  }
  const time = new Date().toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });
  kept.textContent = good ? `${kept.dataset.kept}, ${time}` : why;
}

form.addEventListener("input", () => {
  typed += 1;
  clearTimeout(timer);
  timer = setTimeout(keep, WAIT_MS);
});

form.addEventListener("submit", () => {
  clearTimeout(timer);
  safe = typed;
});

// Phones close a page without asking: what is not kept yet is kept on the way out.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden" && safe < typed) {
    clearTimeout(timer);
    keep();
  }
});

window.addEventListener("beforeunload", (event) => {
  if (safe < typed) {
    event.preventDefault();
  }
});
