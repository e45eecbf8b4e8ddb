// Where the boxes go. The layout runs in a worker; columns by depth stand in while a large graph is worked on.

const COLUMN_GAP = 72;
const ROW_GAP = 24;

let worker = null;
let asked = 0;
const waiting = new Map();

/** Asks the worker for the places of a model: `{ x, y }` of every box's corner, and `routes`, the bends of links. */
export function arrange(model) {
  worker ??= startWorker();
  asked += 1;
  const id = asked;
  const sizes = Float64Array.from(model.nodes.flatMap((node) => [node.width, node.height]));
  const ends = Int32Array.from(model.wires.flatMap((wire) => [wire.from, wire.to]));
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    worker.postMessage({ id, sizes, ends });
  });
}

function startWorker() {
  const started = new Worker(new URL("./layout-worker.js", import.meta.url), { type: "module" });
  started.addEventListener("message", ({ data }) => {
    const routes = new Map(data.routes.map(([from, to, ...bends]) => [`${from} ${to}`, bends]));
    waiting.get(data.id)?.resolve({ x: data.x, y: data.y, routes });
    waiting.delete(data.id);
  });
  started.addEventListener("error", () => {
    for (const { reject } of waiting.values())
      reject(new Error("The layout could not be loaded or worked out"));
    waiting.clear();
    started.terminate();
    worker = null;
  });
  return started;
}

/** Columns by depth, each from the top down: quick, and good enough to look at meanwhile. */
export function columns(model) {
  const x = new Float64Array(model.nodes.length);
  const y = new Float64Array(model.nodes.length);
  const heights = new Map();
  for (const [at, node] of model.nodes.entries()) {
    const top = heights.get(node.depth) ?? 0;
    x[at] = node.depth * (node.width + COLUMN_GAP);
    y[at] = top;
    heights.set(node.depth, top + node.height + ROW_GAP);
  }
  return { x, y };
}
