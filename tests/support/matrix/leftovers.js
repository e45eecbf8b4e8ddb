// Counts, from outside the package, what a run may leave behind in its process or page. No imports, since pages load it
// too, before the package.

const counted = { objects: 0, timers: 0, sources: 0 };
/** The package's active timers: callback and delay. */
const running = new Map();

/** Starts counting. Must run before the package is loaded: references that it took earlier are not seen. */
export function watchLeftovers() {
  watchObjects();
  watchTimers();
  if (globalThis.EventSource) watchSources();
}

/** What exists now: wasm objects that were not freed, active timers of the package, open EventSources. */
export function leftovers() {
  return { ...counted };
}

/** Fires a timer of the package with this delay now. */
export function goOff(ms) {
  for (const each of running.values()) if (each.ms === ms) each.work();
}

/** The glue registers each object by its address, with itself as the token, and unregisters it when it is freed. */
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
