// Earlier runs, loaded when there are some: from a visit before, or with the first run.

import { laterStyle } from "../later-style.js";

const KEY = "keeps-runs";

/** Sets it up; see earlier-runs.js for `context` and for what the calls do. Each call waits for those before it. */
export function setUpEarlierRuns(context) {
  let loading = null;

  function load() {
    loading ??= Promise.all([import("./earlier-runs.js"), laterStyle()]).then(([{ createEarlierRuns }]) =>
      createEarlierRuns({ ...context, onList: remember }),
    );
    // What could not be loaded is tried again.
    loading.catch(() => (loading = null));
    return loading;
  }

  const call =
    (name) =>
    async (...given) =>
      (await load())[name](...given);
  // A run goes on where it cannot be kept.
  const tell =
    (name) =>
    (...given) =>
      call(name)(...given).catch(() => {});
  if (remembered()) load().catch(() => {});
  return {
    begin: tell("begin"),
    recorder: call("recorder"),
    opened: tell("opened"),
    ended: tell("ended"),
    show: call("show"),
    mark: tell("mark"),
    isFollowed: call("isFollowed"),
    refresh: async () => (remembered() ? (await load()).refresh() : null),
  };
}

function remembered() {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

/** Whether there is anything to load for the next visit. */
function remember(runs) {
  try {
    if (runs.length > 0) localStorage.setItem(KEY, "yes");
    else localStorage.removeItem(KEY);
  } catch {
    // Storage is refused in some private windows: the list then comes with the first run.
  }
}
