// What lies open: one workflow, the difference of two, or nothing yet. Takes in what was dropped and decides.

import { announce } from "./announce.js";
import { convert } from "./conversion.js";
import { byId } from "./dom.js";
import { askUse, filesFor } from "./dropped-media.js";
import { count, thingsToKnow } from "./format.js";
import { loadInspector } from "./library.js";
import { clearNotice, showNotice } from "./notice.js";
import { readSource } from "./reading.js";
import { refusalOf } from "./refusals.js";
import { unreadableWords } from "./server.js";
import { clearShelf, showShelf } from "./shelf.js";

/** Makes the desk. `onOpen(session, view)` is told of a workflow, with nulls when a diff is shown instead. */
export function createDesk({ server, edits, onOpen, onChange, onAnother }) {
  let view = null;
  let session = null;
  let turn = 0;

  /** Reads everything that came at once, and shows what that makes sense as; `way` is how it came. */
  async function take(sources, way = "choose") {
    turn += 1;
    const mine = turn;
    const before = document.body.dataset.state;
    const focused = document.activeElement;
    setState("reading");
    loadParts().catch(() => {});
    byId("reading-text").textContent =
      sources.length === 1 ? `Reading ${sources[0].name} …` : `Reading ${count(sources.length, "file")} …`;
    const read = await Promise.all(sources.map(readSource));
    if (mine !== turn) return;
    // A server's definitions among the files are what the others are converted by.
    for (const file of read) if (file.kind === "definitions") server.set(knowledge(file));
    const files = await Promise.all(read.map((file) => convert(file, server.get())));
    if (mine !== turn) return;
    const back = before === "reading" ? (session ? "ready" : "empty") : before;
    setState(back);
    if (focused instanceof HTMLElement && focused !== document.body) focused.focus({ preventScroll: true });
    clearNotice();
    for (const file of files) if (file.kind === "definitions") sayDefinitions(file);
    const usable = files.flatMap((file, at) => (isUsable(file) ? [at] : []));
    const design = files.find((file) => file.kind === "design");
    const bad = files.find((file) => file.kind === "nothing" || file.kind === "failed");
    if (usable.length === 0) {
      if (bad) refuse(bad, () => take(sources, way));
      else if (design) await applyDesign(design);
      return;
    }
    if (design) for (const at of usable) files[at].viewComfy ??= design.text;
    if (usable.length === 1 && !bad) {
      const openIt = async () => {
        clearShelf();
        await open(files[usable[0]]);
      };
      const isMeant = way === "choose" || sources.length > 1 || session === null;
      if (isMeant || !askUse(sources[0], { session, use: useAs, open: openIt })) await openIt();
      return;
    }
    await lay(files, usable);
  }

  /** Several files: two workflows are compared at once, otherwise the first is opened; all stay open. */
  async function lay(files, usable) {
    const shelf = showShelf(files, {
      open: (at) => openAt(at),
      compare: (a, b) => compareAt(a, b),
      close: clearShelf,
    });
    const openAt = async (at) => {
      clearNotice();
      await open(files[at]);
      shelf.opened(at);
    };
    const compareAt = async (a, b) => {
      await convertAll();
      const stuck = [a, b].map((at) => files[at]).find((file) => file.kind === "editor");
      if (stuck) explainRefusal(stuck);
      else if (
        await compare(files[a], files[b], { open: openAt, swap: () => compareAt(b, a), places: [a, b] })
      )
        shelf.compared(a, b);
    };
    /** The server may have become known since. */
    const convertAll = async () => {
      const now = await Promise.all(files.map((file) => convert(file, server.get())));
      files.splice(0, files.length, ...now);
    };
    if (usable.length === 2 && usable.every((at) => files[at].kind === "api"))
      await compareAt(usable[0], usable[1]);
    else await openAt(usable[0]);
    const stuck = usable.map((at) => files[at]).find((file) => file.kind === "editor");
    const failed = files.find((file) => file.kind === "failed");
    if (failed) refuse(failed, () => {});
    else if (usable.length === 2 && stuck) explainRefusal(stuck);
  }

  async function open(read) {
    const mine = turn;
    const parts = await loadParts().catch((error) =>
      refuse({ kind: "failed", name: read.name, error }, () => {}),
    );
    if (!parts || mine !== turn) return;
    const converted = await convert(read, server.get());
    const next = await parts.createSession(converted, server.get(), edits.remembered(converted));
    if (mine !== turn) return;
    edits.open(next);
    show(next, parts);
    announce(spoken(session));
    byId("workflow-title").focus({ preventScroll: true });
    scrollTo({ top: 0 });
  }

  function show(next, parts, tab = null) {
    view?.close();
    session = next;
    view = parts.showSession({
      session,
      server,
      tab,
      onAnother,
      onChange,
      onConvert: convertAnew,
      onCompare: compareOpen,
    });
    setState("ready");
    onOpen(session, view);
  }

  async function compare(a, b, { open: openAt, swap, places }) {
    const mine = turn;
    try {
      const [inspector, { createDiff }] = await Promise.all([loadInspector(), import("./diff/panel.js")]);
      const { sideOf } = await import("./compared.js");
      const sides = { a: sideOf(a), b: sideOf(b) };
      const diff = inspector.diffWorkflows(sides.a.workflow.text, sides.b.workflow.text);
      const known = server.get();
      const openSide = (side) => openAt(places[side === "a" ? 0 : 1]);
      const element = await createDiff({ ...sides, diff, known, open: openSide, swap });
      if (mine !== turn) return false;
      view?.close();
      view = null;
      session = null;
      byId("workflow").replaceChildren(element);
      setState("ready");
      onOpen(null, null);
      announce(
        diff.same ? "The two workflows do the same." : `${element.querySelector(".facts").textContent}.`,
      );
      byId("workflow-title").focus({ preventScroll: true });
      scrollTo({ top: 0 });
      return true;
    } catch (error) {
      refuse({ kind: "failed", name: `${a.name} and ${b.name}`, error }, swap);
      return false;
    }
  }

  /** Compares what is open, as it is changed, with another file. */
  async function compareOpen(source) {
    const other = await convert(await readSource(source), server.get());
    if (other.kind === "nothing" || other.kind === "failed") return refuse(other, () => compareOpen(source));
    if (other.kind !== "api") return explainRefusal(other);
    const { withChanges } = await import("./compared.js");
    await lay([await withChanges(session), other], [0, 1]);
  }

  function sayDefinitions({ name, definitions }) {
    showNotice({
      tone: "good",
      title: `${name}: ${definitions.size.toLocaleString("en")} classes of a ComfyUI server`,
      message: `Workflows are checked against them, and their choices, ranges and explanations are shown. ${unreadableWords(definitions)}`,
    });
  }

  /** A designed form without its workflow belongs to the one that is open. */
  async function applyDesign({ name, text }) {
    if (session?.workflow) {
      await open({ ...session, viewComfy: text });
      return;
    }
    showNotice({
      title: `${name} is a form without its workflow`,
      message: "Drop it together with its workflow's JSON file, or open that one first.",
    });
  }

  /** The server's knowledge changed: what is open is looked at again. */
  function definitionsChanged(known) {
    if (!session) return;
    session.definitions = known;
    if (session.editor) convertAgain();
    else {
      view.recheck({ knowledge: true });
      onChange();
    }
  }

  /** Converts what is open by what is known now; what a person changed and looks at stays. */
  async function convertAgain() {
    const before = session;
    const known = server.get();
    const parts = await loadParts();
    const next = await parts.createSession(await convert(before, known), known, before.changes);
    if (session !== before || server.get() !== known) return;
    edits.follow(next);
    show(next, parts, view.tab());
    announce(spoken(session));
  }

  function convertAnew() {
    session.convertedBy = undefined;
    return convertAgain();
  }

  function refuse(read, again) {
    showNotice(refusalOf(read, { again, use: fieldFor(read.file) }));
  }

  /** The first field of the open workflow that takes such a file. */
  function fieldFor(file) {
    const [input] = filesFor(session, file);
    return input ? { label: session.labelOf(input.key), run: () => useAs(input.key, file) } : null;
  }

  function useAs(key, file) {
    session.changes.set(key, file);
    clearNotice();
    view.focusKey(key);
  }

  function explainRefusal({ name }) {
    showNotice({
      title: `${name} cannot be compared`,
      message:
        "Two workflows are compared in API format, and this one could not be converted. Open it to see why.",
    });
  }

  return { take, definitionsChanged, current: () => session, view: () => view };
}

/** What shows a workflow, loaded with the first file: the page itself is there before. */
async function loadParts() {
  const [{ createSession }, { showSession }] = await Promise.all([
    import("./session.js"),
    import("./workspace.js"),
  ]);
  return { createSession, showSession };
}

function knowledge({ name, definitions }) {
  return { name, value: definitions };
}

function isUsable({ kind }) {
  return kind === "api" || kind === "editor";
}

function setState(state) {
  document.body.dataset.state = state;
  byId("empty").hidden = state !== "empty";
  byId("reading").hidden = state !== "reading";
  byId("workflow").hidden = state !== "ready";
}

function spoken({ name, workflow, conversion }) {
  if (!workflow) return `${name}: it could not be converted.`;
  const facts = `${name}: ${count(workflow.nodes.length, "node")}, ${count(workflow.inputs.length, "input")}.`;
  if (!conversion) return facts;
  const number = conversion.warnings.length;
  return `${facts} Converted from the editor's format${number > 0 ? `, ${thingsToKnow(number)}` : ""}.`;
}
