// The edits of every workflow that was opened: in memory with their files for as long as the page is there, and kept for later
// visits without them.

import { forgetEdits, idOf, keepEdits, listEdits } from "./kept-edits.js";

/** Milliseconds without a change before it is kept. */
const RESTING = 300;
/** So many workflows keep their files and their undo steps in memory. */
const MAX_IN_MEMORY = 20;
/** What inputs of such names hold is never kept. */
const SECRET =
  /(?:^|[_\s-])(?:(?:api|access|auth|secret)[_\s-]?(?:key|token)|token|secret|password|passwd|credentials?)$/i;

/** Makes the keeper of all edits. */
export function createEdits() {
  /** Id of a workflow's text → its changes. */
  const inMemory = new Map();
  let pending = null;
  let timer = 0;
  let endFollowing = () => {};
  addEventListener("pagehide", flush);
  document.addEventListener("visibilitychange", () => document.hidden && flush());

  /** The changes of a file that was open on this page before, or null. */
  function remembered(read) {
    return inMemory.get(idOfRead(read)) ?? null;
  }

  /** Brings back what was kept of a session's workflow, and keeps what is changed from now on. */
  function open(session) {
    if (!session.workflow) return;
    const id = idOfRead(session);
    const isNew = !inMemory.has(id);
    const files = isNew ? restore(id, session) : [];
    const edits = session.changes.edits();
    session.restored = edits.length > 0 || files.length > 0 ? { count: edits.length, files } : null;
    remember(id, session.changes);
    follow(session);
  }

  /** Keeps what is changed in a session from now on. */
  function follow(session) {
    if (!session.workflow) return;
    const id = idOfRead(session);
    endFollowing();
    flush();
    endFollowing = session.changes.subscribe((_key, _origin, onlyRemark) => {
      if (onlyRemark) return;
      pending = { id, session };
      clearTimeout(timer);
      timer = setTimeout(flush, RESTING);
    });
  }

  function remember(id, changes) {
    inMemory.delete(id);
    inMemory.set(id, changes);
    if (inMemory.size > MAX_IN_MEMORY) inMemory.delete(inMemory.keys().next().value);
  }

  function flush() {
    clearTimeout(timer);
    if (pending === null) return;
    const { id, session } = pending;
    pending = null;
    keep(id, session);
  }

  return { remembered, open, follow };
}

function idOfRead(read) {
  return idOf(read.editor ?? read.workflow?.text ?? "");
}

/** @returns {string[]} the names of files that were chosen then and have to be chosen again. */
function restore(id, { workflow, changes, library }) {
  const kept = listEdits().find((each) => each.id === id);
  if (!kept) return [];
  const keys = new Set(workflow.inputs.map((input) => input.key));
  try {
    const edits = Object.entries(library.parseJson(kept.edits)).filter(
      ([key, edit]) => keys.has(key) && isEdit(edit),
    );
    changes.restore(edits);
  } catch {
    // Another version wrote it, or somebody by hand: then there is nothing to bring back.
  }
  return Object.values(kept.files).map(String);
}

function isEdit(edit) {
  if (edit === null || typeof edit !== "object") return false;
  const { refused, drawn } = edit;
  const isRefused =
    refused === undefined || (typeof refused?.words === "string" && typeof refused.text === "string");
  return isRefused && (drawn === undefined || typeof drawn === "boolean") && Object.keys(edit).length > 0;
}

function keep(id, session) {
  const { workflow, changes, library } = session;
  const names = new Map(workflow.inputs.map((input) => [input.key, input.name]));
  const edits = {};
  /** @type {Record<string, string>} */
  const files = {};
  for (const [key, change] of changes.edits()) {
    const file = fileOf(change.value);
    if (file) files[key] = file.name ?? "a file";
    else if (!SECRET.test(names.get(key) ?? "")) edits[key] = change;
  }
  const count = Object.keys(edits).length;
  if (count === 0 && Object.keys(files).length === 0) {
    forgetEdits(id);
    session.notKept = false;
    return;
  }
  const record = { id, name: session.name, at: Date.now(), count, files, text: textOf(session) };
  session.notKept = !keepEdits({ ...record, edits: library.stringifyJson(edits) });
}

function fileOf(value) {
  if (value instanceof Blob) return value;
  return value?.image instanceof Blob ? value.image : null;
}

/** What opens the workflow again; null where it holds a secret, or where its form came as another file. */
function textOf({ workflow, editor, viewComfy, library }) {
  const secret = workflow.inputs.some(
    (input) => SECRET.test(input.name) && typeof input.value === "string" && input.value !== "",
  );
  if (secret) return null;
  if (viewComfy === null) return editor ?? workflow.text;
  try {
    library.applyParams(viewComfy, {});
    return viewComfy;
  } catch {
    return null;
  }
}
