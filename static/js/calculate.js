// With JavaScript a photo is added on the result page, on this device, and never sent. So the
// upload is hidden, unless the browser could not read the photo and the visitor came back (#photo).
const upload = document.getElementById("photo-upload");
const later = document.getElementById("photo-later");
const asked = window.location.hash === "#photo" || upload.querySelector(".error-text");

if ("createImageBitmap" in window && !asked) {
  upload.hidden = true;
  upload.disabled = true;
  later.hidden = false;
}

// Beside the form, show the photo-free card of the region and period chosen.
const paths = JSON.parse(document.getElementById("card-paths").textContent);
const preview = document.getElementById("card-preview");
const chosen = (name) => document.querySelector(`[name=${name}]:checked`)?.value;

function showCard() {
  const path = paths[`${chosen("region")} ${chosen("period")}`];
  if (!path || preview.offsetParent === null) return;
  preview.removeAttribute("width");
  preview.removeAttribute("height");
  preview.src = path;
}

document.querySelector(".calculator").addEventListener("change", showCard);
showCard();
