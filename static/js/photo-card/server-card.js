// The card that the server made, which exists only in this page: offers the ways to keep it.
import { addressBytes } from "./jpeg.js";
import { Keeping } from "./keeping.js";

const root = document.getElementById("server-card");
const { href, download } = root.querySelector('[data-part="download"]');
new Keeping(root).offer(new File([addressBytes(href)], download, { type: "image/jpeg" }));
