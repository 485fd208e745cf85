// With JavaScript a photo is added after the result, on this device, and never sent. The upload
// stays away then, unless the visitor came back for it (#photo), because the browser could not.
const upload = document.getElementById("photo-upload");
const later = document.getElementById("photo-later");
const asked = window.location.hash === "#photo" || upload.querySelector(".error-text");

if ("createImageBitmap" in window && !asked) {
  upload.hidden = true;
  upload.disabled = true;
  later.hidden = false;
}

// Beside the form the card grows as choices are made: the photo-free one, with all its words.
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
