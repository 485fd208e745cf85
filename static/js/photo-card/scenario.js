// Another region or period while a photo is open: the other result's page is fetched as anyone's
// would be, and its words take the place of these, so that the photo need not be chosen again.
const PATIENCE_MS = 20000;
const parts = (page) => [...page.querySelectorAll("[data-scenario]")];

// The result that a form asks for: its address, its page, and what a card of it is made of.
export async function fetchResult(form) {
  const address = `${form.action}/${form.elements.region.value}/${form.elements.period.value}`;
  const answer = await fetch(address, { signal: AbortSignal.timeout?.(PATIENCE_MS) });
  if (!answer.ok) throw new Error(answer.statusText);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return { address, page, setup: JSON.parse(page.getElementById("own-photo-setup").textContent) };
}

export function showResult({ address, page }) {
  const others = parts(page);
  parts(document).forEach((part, index) => part.replaceWith(others[index]));
  document.title = page.title;
  window.history.replaceState(null, "", address);
}
