// A batch of events, one at a time. The layout is that of src/wasm/client/event_batch.rs.

const LOG = 0;
const ERROR = 1;
const FIGURES = 6;

/**
 * Calls the handlers in the order of arrival, as long as `watch` lets it.
 * @param {[string, Float64Array]} batch
 */
export function deliverBatch([text, numbers], handlers, watch) {
  let from = 0;
  let line = "";
  for (let at = 0; at < numbers.length && !watch.aborted; ) {
    const kind = numbers[at++];
    if (kind !== LOG && kind !== ERROR) {
      handlers.onProgress?.(progress(numbers, at, line));
      at += FIGURES;
      continue;
    }
    const to = from + numbers[at++];
    line = text.slice(from, to);
    from = to;
    if (kind === LOG) handlers.onLog?.(line);
    else handlers.onError?.(line);
  }
}

function progress(numbers, at, line) {
  const [step, total, percent, elapsedSeconds, remainingSeconds, rate] = Array.from(
    numbers.subarray(at, at + FIGURES),
    (figure) => (Number.isNaN(figure) ? null : figure),
  );
  return { step, total, percent, elapsedSeconds, remainingSeconds, rate, line };
}
