// The frames that show pages of the site: as high as the page, so that nothing is cut off; a long
// page keeps to two screens and shows the first part that changes. Without this they scroll.

const SCREENS = 2;

function fit(frame) {
  const page = frame.contentDocument?.documentElement;
  if (!page || !frame.clientWidth) {
    return;
  }
  frame.style.height = "0";
  frame.style.height = `${Math.min(page.scrollHeight, SCREENS * window.innerHeight)}px`;
  const part = frame.contentDocument.getElementById(frame.dataset.changed);
  if (part) {
    page.scrollTop += part.getBoundingClientRect().top;
  }
}

for (const frame of document.querySelectorAll(".page-preview__page")) {
  frame.addEventListener("load", () => fit(frame));
  frame.closest("details").addEventListener("toggle", () => fit(frame));
  fit(frame);
}
