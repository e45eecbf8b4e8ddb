// A batch of events, one at a time. The layout is that of src/protocol/event_batch.rs.

import {
  EVENT_LOG,
  EVENT_PREVIEW,
  EVENT_PROGRESS,
  FIGURE_COUNT,
  FIGURE_ELAPSED_SECONDS,
  FIGURE_PERCENT,
  FIGURE_RATE,
  FIGURE_REMAINING_SECONDS,
  FIGURE_STEP,
  FIGURE_TOTAL,
} from "./contract.js";

/**
 * Calls the handlers in the order of arrival, as long as `watch` lets it.
 * @param {[string, Float64Array]} batch
 */
export function deliverBatch([text, numbers], handlers, watch) {
  let from = 0;
  let line = "";
  for (let at = 0; at < numbers.length && !watch.aborted; ) {
    const kind = numbers[at++];
    if (kind === EVENT_PROGRESS) {
      watch.heed(handlers.onProgress?.(progressOf(numbers.subarray(at, at + FIGURE_COUNT), line)));
      at += FIGURE_COUNT;
      continue;
    }
    const to = from + numbers[at++];
    line = text.slice(from, to);
    from = to;
    watch.heed(deliverText(kind, line, handlers));
  }
}

function deliverText(kind, text, handlers) {
  if (kind === EVENT_LOG) return handlers.onLog?.(text);
  if (kind === EVENT_PREVIEW) return handlers.onPreview && deliverPreview(text, handlers);
  return handlers.onError?.(text);
}

/** A picture on the way that cannot be read is left out: the result does not depend on it. */
function deliverPreview(text, handlers) {
  let blob;
  let node;
  try {
    const { node_id, content_type, data } = JSON.parse(text);
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    blob = new Blob([bytes], { type: content_type });
    node = node_id ?? null;
  } catch {
    return undefined;
  }
  return handlers.onPreview(blob, { nodeId: node });
}

function progressOf(figures, line) {
  const known = (figure) => (Number.isNaN(figures[figure]) ? null : figures[figure]);
  return {
    step: known(FIGURE_STEP),
    total: known(FIGURE_TOTAL),
    percent: known(FIGURE_PERCENT),
    elapsedSeconds: known(FIGURE_ELAPSED_SECONDS),
    remainingSeconds: known(FIGURE_REMAINING_SECONDS),
    rate: known(FIGURE_RATE),
    line,
  };
}
