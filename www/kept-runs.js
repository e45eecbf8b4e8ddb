// The runs of this page's own route, kept in this browser so that a reload finds them again: ids, names, values and states.
// No secret and no file is among them. Knows the storage, not the page.

const KEY = "runs";
const MAX_RUNS = 20;
/** Values beyond this many characters are not kept: a run is found by its id. */
const MAX_VALUES = 100_000;

/**
 * @typedef {object} KeptRun
 * @property {string} id the prompt id
 * @property {string} endpoint the route that knows it
 * @property {string} name the workflow's
 * @property {number} at when it began, in milliseconds since 1970
 * @property {"running" | "done" | "failed" | "cancelled" | "lost"} state
 * @property {string | null} values what was sent, as exact JSON; null where that was too much
 */

/** Makes the store. `onChange()` is called whenever the list is another. */
export function createKeptRuns({ endpoint, onChange }) {
  let runs = stored();

  /** @returns {KeptRun[]} newest first */
  const list = () => runs.filter((run) => run.endpoint === endpoint);

  function change(next) {
    runs = next;
    try {
      localStorage.setItem(KEY, JSON.stringify(runs));
    } catch {
      // Storage is refused in some private windows, or full: then the list lasts as long as the page.
    }
    onChange();
  }

  return {
    list,
    /** @param {{ id: string, name: string, values: string }} run */
    add({ id, name, values }) {
      const kept = values.length > MAX_VALUES ? null : values;
      const others = runs.filter((run) => run.id !== id);
      const run = {
        id,
        endpoint,
        name,
        at: Date.now(),
        state: /** @type {const} */ ("running"),
        values: kept,
      };
      change([run, ...others].slice(0, MAX_RUNS));
    },
    /** @param {string} id @param {KeptRun["state"]} state */
    mark(id, state) {
      if (runs.some((run) => run.id === id && run.state !== state))
        change(runs.map((run) => (run.id === id ? { ...run, state } : run)));
    },
    remove: (id) => change(runs.filter((run) => run.id !== id)),
    /** Those that go on stay: nothing else would find them again. */
    clear: () => change(runs.filter((run) => run.endpoint !== endpoint || run.state === "running")),
  };
}

/** @returns {KeptRun[]} */
function stored() {
  try {
    const read = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(read) ? read.filter(isRun) : [];
  } catch {
    return [];
  }
}

function isRun(value) {
  const texts = [value?.id, value?.endpoint, value?.name, value?.state];
  return texts.every((text) => typeof text === "string") && Number.isFinite(value.at);
}
