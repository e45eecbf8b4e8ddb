// Answers outside 2xx as errors.

import { refusalText } from "./body.js";
import { refusal } from "./viewcomfy_wasm.js";

/**
 * The error that an answer outside 2xx means.
 *
 * @param {Response} response
 * @param {import("./watch.js").Watch} watch
 */
export async function refused(response, watch) {
  const text = await watch.for(refusalText(response.body));
  return refusal(response.status, retryAfterMs(response.headers.get("retry-after")), text);
}

/** `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3). */
function retryAfterMs(header) {
  if (header === null) return undefined;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
  const date = /^\s*[A-Za-z]/.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(date - Date.now(), 0);
}
