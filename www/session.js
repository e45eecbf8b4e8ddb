// What is open: a workflow with its changes, and what the inspector says about it. Knows the package, not the page.

import { Changes } from "./changes.js";
import { pictureOf } from "./conversion.js";
import { Issues } from "./issues.js";
import { inspectKnowing } from "./knowledge.js";
import { loadInspector, loadLibrary } from "./library.js";
import { namePrompts } from "./prompt-names.js";
import { beginSeeds } from "./seed-switches.js";
import { giveWay } from "./slices.js";
import { enrich } from "./workflow.js";

/**
 * Opens what was read; `inspect()` fills `inspection`, `form` and `picture`, which is what the graph draws. Changes made
 * before are kept where the workflow still has their parameter.
 */
export async function createSession(read, definitions, changes = null) {
  const library = await loadLibrary();
  const runnable = read.kind === "api";
  const session = {
    ...read,
    library,
    definitions,
    workflow: runnable ? read.workflow : null,
    changes: runnable ? keptChanges(changes, read.workflow) : null,
    text: runnable ? read.workflow.text : read.editor,
    inspection: null,
    form: null,
    picture: null,
    saved: null,
    /** What the package's calls are given to know classes by. */
    known: {},
    issues: new Issues(),
    /** What was brought back from before: `{ count, files }`, or null. */
    restored: null,
    /** True while this browser refuses to keep what is changed. */
    notKept: false,
    /** What the form calls a parameter. */
    labelOf: (key) =>
      formLabel(session, key) ?? session.workflow.inputs.find((input) => input.key === key)?.label ?? key,
    inspect,
  };
  if (runnable) for (const key of beginSeeds(session)) session.changes.begin(key, { drawn: true });

  /** Looks at the workflow as it is changed now. Files and random seeds count as what the file says. */
  async function inspect() {
    const inspector = await loadInspector();
    // Each step is short, even with a thousand nodes; together they would be felt.
    await giveWay();
    const { inspection, options } = await inspectKnowing(inspector, presentText(), session.definitions);
    session.known = options;
    session.picture = await drawn(inspector, inspection, options);
    session.inspection = inspection;
    if (!runnable) return;
    await giveWay();
    enrich(session.workflow, session.inspection);
    const design = read.viewComfy === null ? {} : { viewComfy: read.viewComfy };
    await giveWay();
    session.form = inspector.formSchema(session.text, { ...options, ...design });
    namePrompts(session);
    session.issues.take(inspection);
    await giveWay();
  }

  /** A converted workflow keeps the editor's picture of it. */
  async function drawn(inspector, inspection, options) {
    if (!read.conversion) return inspection;
    await giveWay();
    const editor = inspector.inspectWorkflow(read.editor, options);
    session.saved = editor;
    return pictureOf(editor, inspection, read.conversion.warnings);
  }

  function presentText() {
    if (!runnable) return session.text;
    return session.changes.size === 0
      ? session.text
      : library.applyParams(session.text, savedValues(session.changes));
  }

  return session;
}

function keptChanges(changes, workflow) {
  if (changes === null) return new Changes();
  changes.keepOnly(new Set(workflow.inputs.map((input) => input.key)));
  return changes;
}

/** The changed values that a workflow's text can hold: a person's own file is not among them. */
export function savedValues(changes) {
  return Object.fromEntries(
    changes.entries().filter(([, value]) => !(value instanceof Blob || value?.image instanceof Blob)),
  );
}

function formLabel({ form }, key) {
  const groups = form ? [...form.basic, ...form.advanced] : [];
  for (const group of groups) {
    const field = group.fields.find((candidate) => candidate.key === key);
    if (field) return `${group.title}, ${field.title || field.input}`;
  }
  return null;
}

/** What a designed form begins with and the workflow does not, as `[key, change]`: it is sent like changes. */
export function designedValues(session) {
  if (session.viewComfy === null || !session.form) return [];
  const inputs = new Map(session.workflow.inputs.map((input) => [input.key, input]));
  const fields = [...session.form.basic, ...session.form.advanced].flatMap((group) => group.fields);
  return fields.flatMap((field) => {
    const input = inputs.get(field.key);
    if (!input) return [];
    if (field.randomize) return [[field.key, { drawn: true }]];
    return field.value === null || field.value === input.value ? [] : [[field.key, { value: field.value }]];
  });
}
