// Draw a signature and send it as lines of whole numbers in a fixed box, whatever the screen.
const WIDTH = 1200;
const HEIGHT = 480;
const form = document.querySelector("[data-sign]");

async function start() {
  const { default: SignaturePad } = await import(form.dataset.sign);
  const box = form.querySelector("[data-pad]");
  const canvas = box.querySelector("canvas");
  box.hidden = false;
  const rect = canvas.getBoundingClientRect();
  const scale = Math.min(WIDTH / rect.width, HEIGHT / rect.height);
  const ratio = Math.max(devicePixelRatio || 1, 1);
  canvas.width = rect.width * ratio;
  canvas.height = rect.height * ratio;
  canvas.getContext("2d").scale(ratio, ratio);
  const ink = getComputedStyle(document.body).color;
  const pad = new SignaturePad(canvas, { penColor: ink, minWidth: 1.2, maxWidth: 3 });

  const whole = (value, most) => Math.max(0, Math.min(most, Math.round(value * scale)));
  const lines = () =>
    pad.toData().map((group) => group.points.map((p) => [whole(p.x, WIDTH), whole(p.y, HEIGHT)]));
  const field = form.elements.strokes;
  const put = () => (field.value = JSON.stringify(lines()));

  if (field.value) {
    const groups = JSON.parse(field.value).map((line) => ({
      penColor: ink,
      minWidth: 1.2,
      maxWidth: 3,
      points: line.map(([x, y], index) => ({ x: x / scale, y: y / scale, time: index * 16, pressure: 0.5 })),
    }));
    pad.fromData(groups);
  }
  pad.addEventListener("endStroke", put);
  form.querySelector("[data-clear]").addEventListener("click", () => {
    pad.clear();
    field.value = "";
  });
}

if (form) start();
