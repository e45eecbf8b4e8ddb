// Earlier runs: what is kept of each, from its start on, and what a person can do with them.

import { announce } from "../announce.js";
import { loadLibrary } from "../library.js";
import { holdsSecret } from "../secret-names.js";
import { createKeptRuns } from "./kept-runs.js";
import { setUpRunList } from "./list.js";
import { continueRecord, keptResult, linkedResult, recordRun } from "./record.js";
import { refreshRuns } from "./refresh.js";

/**
 * Makes the list. `route()` is the page's own at present, which finds runs again; null where runs go to an endpoint directly.
 * `on` has `resume(run)`, `cancel(run)`, `showKept(run, result)` `isRunning()`, and `restore({ name, workflow, values }, run)`, which says whether
 * it could; `repeat()` runs what was restored. `onList(runs)` is told of each change.
 */
export function createEarlierRuns({ route, on, lookUp, onList }) {
  const kept = createKeptRuns({ onChange: changed });
  const canResume = (run) => run.promptId !== null && run.endpoint === route() && run.state !== "lost";
  const hasOutputs = (run) => run.outputs.length > 0 && run.bytes > 0;
  const list = setUpRunList({
    kept,
    canShow: (run) => hasOutputs(run) || canResume(run),
    on: {
      show,
      cancel: on.cancel,
      restore,
      repeat: async (run) => (await restore(run)) && on.repeat(),
      compare: async (runs) => (await import("../gallery/compare.js")).compareRuns(await withContents(runs)),
      grid: async (runs) =>
        (await import("../gallery/side-by-side.js")).showSideBySide(await withContents(runs)),
    },
  });
  /** The run that is recorded now. */
  let recording = null;

  function changed() {
    list.render();
    onList(kept.list());
  }

  async function show(run) {
    const contents = await kept.contents(run.id);
    if (on.isRunning()) return announce("Another run is going on.");
    const whole = keptResult(run, contents);
    if (!whole && canResume(run)) {
      recording = continueRecord(kept, run, contents);
      list.setShown(run.id);
      on.resume(run);
      return;
    }
    const result = whole ?? linkedResult(run, contents);
    if (result === null) return announce("Nothing of what it made is kept.");
    list.setShown(run.id);
    on.showKept(run, result);
  }

  async function restore(run) {
    const contents = await kept.contents(run.id);
    if (!contents?.values || contents.workflow === null) {
      announce("The values of this run are not kept.");
      return false;
    }
    return on.restore({ name: run.name, workflow: contents.workflow, values: contents.values }, run);
  }

  async function withContents(runs) {
    const withOwn = async (run) => {
      const contents = await kept.contents(run.id);
      return { run, contents, own: await ownValues(contents?.workflow ?? null) };
    };
    return Promise.all(runs.map(withOwn));
  }

  /** A run of a workflow that goes to an endpoint. */
  function recorder(session, endpoint) {
    return recordRun(kept, {
      name: session.workflow.name,
      endpoint: withoutQuery(endpoint),
      workflow: holdsSecret(session.workflow) ? null : session.workflow.text,
      resumable: route() !== null,
    });
  }

  return {
    /** Begins to record the run that the page follows. */
    begin(session, endpoint) {
      recording = recorder(session, endpoint);
      list.setShown(recording.run.id);
    },
    /** Records a run beside that one. */
    recorder,
    opened: (event) => recording?.opened(event),
    /** @param {"done" | "failed" | "cancelled" | "lost" | "running"} state */
    async ended(state, facts) {
      const mine = recording;
      recording = null;
      if (state !== "done") list.setShown(null);
      await mine?.ended(state, facts);
    },
    refresh: () => (route() === null ? null : refreshRuns(kept, route(), lookUp)),
    show,
    mark: kept.mark,
    isFollowed: (run) => recording?.run.id === run.id,
  };
}

/** The values of a run's file; none where the file is not kept. */
async function ownValues(workflow) {
  if (workflow === null) return {};
  const library = await loadLibrary();
  return library.flattenWorkflow(workflow);
}

/** Where a run went, without what an address may say in secret. */
function withoutQuery(endpoint) {
  if (!URL.canParse(endpoint)) return endpoint.split("?")[0];
  const { origin, pathname } = new URL(endpoint);
  return origin + pathname;
}
