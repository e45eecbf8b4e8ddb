// The runs of a grid: their parameters, so many at once, each into its cell. One that fails does not end the others.

/** Draws the seeds of an axis that has none yet: one value of each seed for each of its runs. */
export function seedsFor(axes, { workflow, library, known }) {
  const keys = workflow.inputs.filter(({ kind }) => kind === "seed").map(({ key }) => key);
  const random = Object.fromEntries(keys.map((key) => [key, "random"]));
  const options = { checkAgainst: workflow.text, objectInfo: known.objectInfo };
  const draw = () => library.buildParams(random, options).seeds;
  return axes.map((axis) =>
    axis.key === null
      ? { label: "Seed", choices: axis.values.map(draw) }
      : { label: axis.label, choices: choicesOf(axis) },
  );
}

function choicesOf({ key, values }) {
  return values.map((value) => ({ [key]: value }));
}

/**
 * The cells, row by row: of each the values that it has of its own.
 *
 * @param {{ label: string, choices: Record<string, any>[] }[]} axes columns first
 */
export function cellsOf([across, down = { label: "", choices: [{}] }]) {
  return down.choices.flatMap((low) =>
    across.choices.map((high) =>
      [
        { label: across.label, params: high, value: Object.values(high)[0] },
        { label: down.label, params: low, value: Object.values(low)[0] },
      ].filter(({ label }) => label !== ""),
    ),
  );
}

/** Runs the cells and shows each in the grid. Resolves when all have ended or were cancelled. */
export async function runCells({
  client,
  request,
  params,
  cells,
  concurrency,
  signal,
  recorder,
  grid,
  seedsOf,
  onEnded,
}) {
  const records = cells.map(() => null);
  const ids = cells.map(() => null);
  const over = cells.map(() => false);
  const requests = cells.map((cell, at) => ({
    ...request,
    params: Object.assign({}, params, ...cell.map((part) => part.params)),
    onOpen(event) {
      // A run goes on where it cannot be kept.
      records[at] ??= recorder().catch(() => null);
      ids[at] = event.promptId;
      records[at].then((record) => record?.opened(event));
      grid.running(at, null);
    },
    onProgress: ({ percent }) => grid.running(at, percent),
  }));
  // Leaving a run whose route finds it again does not end it.
  signal.addEventListener("abort", () => {
    for (const [at, id] of ids.entries()) if (id !== null && !over[at]) client.cancel(id).catch(() => {});
  });
  try {
    for await (const { index, result, error } of client.runMany(requests, { concurrency, signal })) {
      over[index] = true;
      if (result) {
        await grid.done(index, result);
        records[index]?.then((record) => record?.ended("done", { result, seeds: seedsOf(result) }));
      } else {
        grid.failed(index, error);
        records[index]?.then((record) => record?.ended("failed", {}));
      }
      onEnded(error);
    }
  } catch (error) {
    if (!signal.aborted) for (const [at, done] of over.entries()) if (!done) grid.failed(at, error);
  }
  if (!signal.aborted) return;
  for (const [at, done] of over.entries()) {
    if (done) continue;
    grid.cancelled(at);
    records[at]?.then((record) => record?.ended("cancelled", {}));
  }
}
