// What a run may leave behind in the process or page that ran it, counted from outside of the package. No imports: pages
// load it too, before the package.

const counted = { objects: 0, timers: 0, sources: 0 };
/** The package's timers that run: what each does, and after how long. */
const running = new Map();

/** Counts from now on. Before the package is loaded: what it got hold of earlier is not seen. */
export function watchLeftovers() {
  watchObjects();
  watchTimers();
  if (globalThis.EventSource) watchSources();
}

/** What is there now: objects of the wasm that were not freed, timers of the package that run, EventSources that are not closed. */
export function leftovers() {
  return { ...counted };
}

/** Lets a timer of the package that would go off after this time go off now. */
export function goOff(ms) {
  for (const each of running.values()) if (each.ms === ms) each.work();
}

/** The glue registers each object by its address, with itself as the token, and takes it out again when it is freed. */
function watchObjects() {
  const objects = new WeakSet();
  const Original = globalThis.FinalizationRegistry;
  globalThis.FinalizationRegistry = class extends Original {
    register(target, held, token) {
      if (token === target && typeof held === "number") {
        objects.add(token);
        counted.objects += 1;
      }
      super.register(target, held, token);
    }
    unregister(token) {
      if (objects.delete(token)) counted.objects -= 1;
      return super.unregister(token);
    }
  };
}

function watchTimers() {
  const { setTimeout: set, clearTimeout: clear } = globalThis;
  const over = (timer) => {
    running.delete(timer);
    counted.timers = running.size;
  };
  globalThis.setTimeout = (work, ms, ...rest) => {
    const timer = set(() => {
      over(timer);
      work(...rest);
    }, ms);
    // Node's own fetch sets timers too.
    if (!new Error().stack.includes("/pkg/")) return timer;
    running.set(timer, { ms, work });
    counted.timers = running.size;
    return timer;
  };
  globalThis.clearTimeout = (timer) => {
    over(timer);
    clear(timer);
  };
}

function watchSources() {
  const Original = globalThis.EventSource;
  globalThis.EventSource = class extends Original {
    #open = true;
    constructor(...given) {
      super(...given);
      counted.sources += 1;
    }
    close() {
      if (this.#open) counted.sources -= 1;
      this.#open = false;
      super.close();
    }
  };
}
