// Waiting that an abort ends.

/**
 * Waits for a promise or an abort, whichever comes first. Nobody hears how the loser ends.
 *
 * @template T
 * @param {Promise<T>} promise
 * @param {AbortSignal} signal
 * @param {() => unknown} [reason] what is thrown once the signal is aborted
 * @returns {Promise<T>}
 */
export async function unlessAborted(promise, signal, reason = () => signal.reason) {
  // Node would end over a rejection that nobody waits for.
  Promise.resolve(promise).catch(() => {});
  let stop = () => {};
  const aborted = new Promise((resolve) => {
    stop = () => resolve(undefined);
    signal.addEventListener("abort", stop);
  });
  const refused = aborted.then(() => {
    throw reason();
  });
  try {
    if (signal.aborted) stop();
    return await Promise.race([refused, promise]);
  } catch (error) {
    // What broke because of the abort is told as what aborted it.
    throw signal.aborted ? reason() : error;
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
