// How long is waited between two tries of the same.

/** Each wait is so much longer than the one before … */
const GROWTH = 1.5;
/** … and at most so many times the first. */
const MOST = 10;
/** Many that began together do not come together again. */
const JITTER = 0.2;

/** Waits that grow, until something happens. */
export class Pace {
  #first;
  #tries = 0;

  /** @param {number} first in milliseconds */
  constructor(first) {
    this.#first = first;
  }

  /** Something happened: the next wait is the first again. */
  reset() {
    this.#tries = 0;
  }

  /** The next wait in milliseconds. */
  next() {
    const wait = this.#first * Math.min(GROWTH ** this.#tries, MOST);
    this.#tries += 1;
    return wait * (1 - JITTER + 2 * JITTER * Math.random());
  }
}

/**
 * Waits so many milliseconds, or until the signal is aborted, which is thrown.
 *
 * @param {number} ms
 * @param {AbortSignal} signal
 */
export async function pause(ms, signal) {
  signal.throwIfAborted();
  await new Promise((resolve, reject) => {
    const timer = setTimeout(() => settle(resolve), ms);
    const stop = () => settle(() => reject(signal.reason));
    const settle = (end) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      end();
    };
    signal.addEventListener("abort", stop);
  });
}
