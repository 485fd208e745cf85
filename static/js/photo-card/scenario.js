// The result for another region or period, put into this page so that the photo can stay.
const PATIENCE_MS = 20000;

// Returns the address and the page of the result that the form asks for, and its card's setup.
export async function fetchResult(form) {
  const address = `${form.action}/${form.elements.region.value}/${form.elements.period.value}`;
  const answer = await fetch(address, { signal: AbortSignal.timeout?.(PATIENCE_MS) });
  if (!answer.ok) throw new Error(answer.statusText);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return { address, page, setup: JSON.parse(page.getElementById("own-photo-setup").textContent) };
}

// Replaces the words on this page by those of the other result.
export function showResult({ address, page }) {
  const others = page.querySelectorAll("[data-scenario]");
  document.querySelectorAll("[data-scenario]").forEach((old, index) => old.replaceWith(others[index]));
  document.title = page.title;
  window.history.replaceState(null, "", address);
}
