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
