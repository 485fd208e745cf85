// Beside the form, show the photo-free card of the region and period chosen.
const paths = JSON.parse(document.getElementById("card-paths").textContent);
const preview = document.getElementById("card-preview");
const chosen = (name) => document.querySelector(`[name=${name}]:checked`)?.value;

function showCard() {
  const path = paths[`${chosen("region")} ${chosen("period")}`];
  if (!path || preview.offsetParent === null) return;
  preview.src = path;
}

document.querySelector(".calculator").addEventListener("change", showCard);
showCard();
