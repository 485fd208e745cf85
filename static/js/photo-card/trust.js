// Finds out browsers that falsify what a page reads back from a canvas, against tracking: Firefox
// with resistFingerprinting, Tor, LibreWolf. A card made there would be noise or one grey.
const COLOURS = [[200, 40, 60], [30, 150, 90], [70, 90, 210], [240, 200, 20]];
const SQUARE_PX = 4;
// Some browsers change the last bits alone, which no eye sees and a JPEG changes as well.
const MOST_OFF = 16;

// Returns whether known pixels come back as they were drawn, both as pixels and as a file.
export async function readsTruly() {
  const canvas = document.createElement("canvas");
  canvas.width = SQUARE_PX * COLOURS.length;
  canvas.height = SQUARE_PX;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return true; // no memory, which is another trouble
  COLOURS.forEach(([red, green, blue], index) => {
    context.fillStyle = `rgb(${red}, ${green}, ${blue})`;
    context.fillRect(index * SQUARE_PX, 0, SQUARE_PX, SQUARE_PX);
  });
  if (!holdsColours(context)) return false;
  const image = new Image();
  image.src = canvas.toDataURL();
  await image.decode();
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0);
  return holdsColours(context);
}

function holdsColours(context) {
  const { data } = context.getImageData(0, 0, SQUARE_PX * COLOURS.length, SQUARE_PX);
  return data.every((value, at) => {
    const [pixel, channel] = [Math.floor(at / 4), at % 4];
    const colour = COLOURS[Math.floor((pixel % (SQUARE_PX * COLOURS.length)) / SQUARE_PX)];
    return channel === 3 ? value === 255 : Math.abs(value - colour[channel]) <= MOST_OFF;
  });
}
