// Steps that can be undone and done again. Knows keys and what was known of them, nothing else.

/** So many steps are kept. */
const MAX_STEPS = 200;

/** Makes an empty history of `Map`s: key → `{ before, after }`. */
export function createHistory() {
  let done = [];
  let undone = [];
  /** The field that is being typed into, whose letters are one step. */
  let typing = null;
  let open = null;

  function note(key, before, after, origin) {
    undone = [];
    if (open !== null) {
      addTo(open, key, before, after);
      return;
    }
    const goesOn = typing !== null && origin === typing && done.at(-1)?.has(key);
    typing = origin;
    if (goesOn) addTo(done.at(-1), key, before, after);
    else push(new Map([[key, { before, after }]]));
  }

  function push(step) {
    done = [...done, step].slice(-MAX_STEPS);
  }

  function together(work) {
    open = new Map();
    try {
      work();
    } finally {
      if (open.size > 0) push(open);
      open = null;
      typing = null;
    }
  }

  function undo() {
    typing = null;
    const step = done.pop();
    if (!step) return [];
    undone.push(step);
    return [...step].map(([key, { before }]) => [key, before]);
  }

  function redo() {
    typing = null;
    const step = undone.pop();
    if (!step) return [];
    done.push(step);
    return [...step].map(([key, { after }]) => [key, after]);
  }

  function keepOnly(keys) {
    for (const step of [...done, ...undone])
      for (const key of step.keys()) if (!keys.has(key)) step.delete(key);
    done = done.filter((step) => step.size > 0);
    undone = undone.filter((step) => step.size > 0);
  }

  return {
    note,
    together,
    undo,
    redo,
    keepOnly,
    endStep: () => (typing = null),
    get canUndo() {
      return done.length > 0;
    },
    get canRedo() {
      return undone.length > 0;
    },
  };
}

function addTo(step, key, before, after) {
  step.set(key, { before: step.has(key) ? step.get(key).before : before, after });
}
