// What was painted, as a list of steps: strokes, inversions, a mask that was there before. Knows a canvas, not the page.

/**
 * @typedef {{ kind: "stroke", erase: boolean, points: { x: number, y: number, size: number }[] }
 *   | { kind: "invert" } | { kind: "clear" } | { kind: "image", image: ImageBitmap }} Step
 */

/** Steps that can be undone are at most so many; what is older is part of the ground they are painted on. */
const MOST_STEPS = 100;
/** What a mask is seen by; only how opaque it is goes into the file. */
const COLOUR = "#e5484d";

/** Makes the painting on a canvas of the picture's size: opaque where it is masked. */
export function createPainting(canvas) {
  const context = canvas.getContext("2d", { willReadFrequently: false });
  let ground = null;
  /** @type {Step[]} */
  const done = [];
  let undone = [];

  /** Does a step; a stroke goes on by `extend`. */
  function add(step) {
    undone = [];
    done.push(step);
    draw(context, step);
    if (done.length > MOST_STEPS) settle(done.shift());
  }

  /** Makes the oldest step part of the ground. */
  function settle(step) {
    ground ??= new OffscreenCanvas(canvas.width, canvas.height);
    draw(ground.getContext("2d"), step);
  }

  /** A point more of the last stroke. */
  function extend(point) {
    const stroke = done.at(-1);
    if (stroke?.kind !== "stroke") return;
    stroke.points.push(point);
    drawSegment(context, stroke, stroke.points.length - 1);
  }

  function drawAll() {
    context.clearRect(0, 0, canvas.width, canvas.height);
    if (ground) context.drawImage(ground, 0, 0);
    for (const step of done) draw(context, step);
  }

  return {
    add,
    extend,
    undo() {
      if (done.length === 0) return;
      undone.push(done.pop());
      drawAll();
    },
    redo() {
      if (undone.length === 0) return;
      const step = undone.pop();
      done.push(step);
      draw(context, step);
    },
    canUndo: () => done.length > 0,
    canRedo: () => undone.length > 0,
  };
}

function draw(context, step) {
  const { width, height } = context.canvas;
  if (step.kind === "clear") context.clearRect(0, 0, width, height);
  else if (step.kind === "invert") invert(context, width, height);
  else if (step.kind === "image") drawMask(context, step.image);
  else for (let at = 0; at < step.points.length; at += 1) drawSegment(context, step, at);
}

function invert(context, width, height) {
  context.globalCompositeOperation = "xor";
  context.fillStyle = COLOUR;
  context.fillRect(0, 0, width, height);
  context.globalCompositeOperation = "source-over";
}

/** A mask's file is transparent where it masks, the painting is opaque there. */
function drawMask(context, image) {
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  context.drawImage(image, 0, 0);
  invert(context, context.canvas.width, context.canvas.height);
}

/** From the point before to this one; the first is a dot. */
function drawSegment(context, { points, erase }, at) {
  const to = points[at];
  const from = points[at - 1] ?? to;
  context.globalCompositeOperation = erase ? "destination-out" : "source-over";
  context.strokeStyle = COLOUR;
  context.lineCap = "round";
  context.lineWidth = to.size;
  context.beginPath();
  context.moveTo(from.x, from.y);
  // Some engines draw nothing for a line of no length.
  context.lineTo(to.x + (from === to ? 0.01 : 0), to.y);
  context.stroke();
  context.globalCompositeOperation = "source-over";
}
