// The editor for a card with a photo: most visitors never open it, so it is fetched at the press.
const section = document.getElementById("own-photo");
if (section) {
  // The editor offers the server where it must; where it cannot come, this does.
  const byServer = document.getElementById("photo-by-server");
  const offline = section.querySelector('[data-part="offline"]');
  let failed = false;
  section.querySelector('[data-part="open"]').addEventListener("click", async () => {
    // Browsers remember a module that could not be fetched, until the page is loaded again.
    if (failed && navigator.onLine) return window.location.reload();
    const editor = await import("./photo-card/editor.js").catch(() => null);
    failed = !editor;
    offline.hidden = !failed;
    if (editor) return editor.open();
    byServer.hidden = false;
    section.querySelector('[data-part="status"]').textContent = offline.textContent;
  });
  section.hidden = !("createImageBitmap" in window);
  byServer.hidden = !section.hidden;
}
if (document.getElementById("server-card")) import("./photo-card/server-card.js");

// Copies the address of a result. The button is shown only where the browser has a clipboard.
const SHOWN_MS = 4000;

async function copy(button) {
  const said = button.dataset.copied;
  if (button.textContent === said) return;
  const before = button.textContent;
  const field = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    field.select(); // not allowed: the visitor can copy the selected text
    return;
  }
  // The button has the focus, so screen readers read its new text.
  button.textContent = said;
  window.setTimeout(() => {
    button.textContent = before;
  }, SHOWN_MS);
}

if (navigator.clipboard) {
  document.documentElement.classList.add("can-copy");
  // On the document, because the editor replaces the part of the page around the button.
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-copy]");
    if (button) copy(button);
  });
}

// Where there is no clipboard, a tap marks the whole address.
document.addEventListener("focusin", ({ target }) => {
  if (target.matches(".copy input")) target.select();
});
