// Many runs, so many at once, handed out as they end.

import { joinedSignal } from "./joined-signal.js";
import { RunManyOptions } from "./option-names.js";
import { amount, optionsOf, signalOf, wrongType } from "./options.js";
import { unlessAborted } from "./race.js";

/** At once, unless the options say otherwise. */
const CONCURRENCY = 4;

/**
 * @param {(request: object) => Promise<object>} run
 * @param {Iterable<object> | AsyncIterable<object>} requests asked for one when there is room for it
 * @param {object} options see RunManyOptions in index.d.ts
 * @param {AbortSignal} cancel ends all of them
 */
export async function* runMany(run, requests, options, cancel) {
  const given = optionsOf(options, RunManyOptions, "runMany");
  const concurrency = amount(given, "concurrency", CONCURRENCY);
  if (!Number.isInteger(concurrency) || concurrency < 1)
    throw wrongType("concurrency", "a whole number from 1", concurrency);
  const signal = AbortSignal.any([cancel, signalOf(given)].filter(Boolean));
  const source = iteratorOf(requests);
  const going = new Going();
  let asked = false;
  let over = false;
  let index = 0;
  const start = ({ done, value: request }) => {
    asked = false;
    over = Boolean(done);
    if (over) return;
    const at = index++;
    const own = { ...request, signal: joinedSignal(request?.signal, signal) };
    going.add(
      run(own).then(
        (result) => ({ item: { index: at, request, result, error: null } }),
        (error) => ({ item: { index: at, request, result: null, error: asError(error) } }),
      ),
    );
  };
  try {
    while (!over || going.count > 0) {
      if (!over && !asked && going.count < concurrency) {
        asked = true;
        going.ask(Promise.resolve(source.next()));
      }
      const { next, item } = await unlessAborted(going.first(), signal);
      if (next) start(next);
      if (item) yield item;
    }
  } finally {
    await source.return?.();
  }
}

function asError(thrown) {
  return thrown instanceof Error ? thrown : new Error(`the run was ended: ${thrown}`, { cause: thrown });
}

function iteratorOf(requests) {
  const iterator = requests?.[Symbol.asyncIterator]?.() ?? requests?.[Symbol.iterator]?.();
  if (iterator && typeof requests !== "string") return iterator;
  throw wrongType("requests", "an array, or something else to iterate over", requests);
}

/** What is under way, in the order in which it ends. */
class Going {
  #ended = [];
  /** @type {(value?: unknown) => void} */
  #wake = () => {};
  /** Runs that were not handed out. */
  count = 0;

  /** A run, which never rejects. */
  add(run) {
    this.count += 1;
    run.then((settled) => this.#end(settled));
  }

  /** The next request. */
  ask(promise) {
    promise.then(
      (next) => this.#end({ next }),
      (failure) => this.#end({ failure: { reason: failure } }),
    );
  }

  async first() {
    while (this.#ended.length === 0) {
      await new Promise((resolve) => {
        this.#wake = resolve;
      });
    }
    const first = this.#ended.shift();
    if (first.failure) throw first.failure.reason;
    if (first.item) this.count -= 1;
    return first;
  }

  #end(what) {
    this.#ended.push(what);
    this.#wake();
  }
}
