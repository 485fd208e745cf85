// The result comes first: what makes a card with a photo is fetched once the page is there.
if (document.getElementById("own-photo")) {
  const loadEditor = () => import("./photo-card/editor.js");
  if (document.readyState === "complete") loadEditor();
  else window.addEventListener("load", loadEditor);
}

// Copies the address of a result. The button shows only where this can work.
const SHOWN_MS = 4000;

async function copy(button) {
  const said = button.dataset.copied;
  if (button.textContent === said) return;
  const before = button.textContent;
  const field = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    field.select(); // not allowed here: then the visitor copies what is marked
    return;
  }
  // The button has the focus, so that its new words are read out.
  button.textContent = said;
  window.setTimeout(() => {
    button.textContent = before;
  }, SHOWN_MS);
}

if (navigator.clipboard) {
  document.documentElement.classList.add("can-copy");
  // On the document, as the part of the page around the button may be changed for another.
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-copy]");
    if (button) copy(button);
  });
}
