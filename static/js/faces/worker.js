// The search for faces, beside the page, so that the page never waits for it. It gets the photo
// from the page and gives places back; the only thing it fetches is the detector's numbers.
import { detect } from "./detect.js";
import { buildNetwork, readWeights } from "./network.js";
import { search } from "./search.js";

const WARM_PX = 320;
let newest = 0;

async function load() {
  const answer = await fetch(new URL("../../faces/yunet.bin", import.meta.url));
  if (!answer.ok) throw new Error(answer.statusText);
  const network = buildNetwork(readWeights(new Uint8Array(await answer.arrayBuffer())));
  // Browsers make code fast after they have run it: once now, while the visitor picks a photo.
  const empty = { width: WARM_PX, height: WARM_PX, data: new Uint8ClampedArray(4 * WARM_PX ** 2) };
  detect(network, empty, 1, 1);
  return network;
}

const loading = load();
loading.then(() => postMessage({ ready: true }), (error) => postMessage({ failed: String(error) }));

// Lets messages in between two looks: where another photo has come, this search ends. A timer would
// wait for some milliseconds each time.
const { port1, port2 } = new MessageChannel();
const breathe = () =>
  new Promise((resolve) => {
    port1.onmessage = resolve;
    port2.postMessage(null);
  });

onmessage = async ({ data: { id, photo, rules } }) => {
  newest = id;
  const network = await loading;
  let faces = [];
  const begin = performance.now();
  for (faces of search(network, photo, rules)) {
    postMessage({ id, faces, done: false, took: performance.now() - begin });
    await breathe();
    if (id !== newest) return;
  }
  postMessage({ id, faces, done: true, took: performance.now() - begin });
};
