// The prompt result, written while its outputs are downloaded: none is ever held as a whole.

import { base64Of } from "../route/base64.js";
import { concealed } from "./conceal.js";
import { download } from "./download.js";
import { exactText } from "./exact-json.js";
import { pageLink } from "./links.js";

const CANCELED = "The run was canceled.";

/**
 * What goes with a record wherever it is told.
 *
 * @typedef {import("./download.js").Context & { route: string }} Context
 */

/** Why a run did not succeed, for a person. @param {import("./record.js").RunRecord} record */
export function whyNot({ status, error }) {
  if (status === "canceled") return CANCELED;
  return status === "error" ? (error ?? "The run failed.") : undefined;
}

/**
 * The result's JSON in pieces, on one line, as a deployment writes it.
 *
 * @param {import("./record.js").RunRecord} record
 * @param {Context} context
 * @returns {AsyncGenerator<string>}
 */
export async function* resultText(record, context) {
  const { id, status, seconds, prompt, outputs } = record;
  const hide = (text) => concealed(text, context.calls.secrets);
  const head = { prompt_id: id, status, completed: status === "success", execution_time_seconds: seconds };
  yield hide(`${JSON.stringify(head).slice(0, -1)},"prompt":${exactText(prompt)},"outputs":[`);
  for (const [index, output] of outputs.entries()) {
    if (index > 0) yield ",";
    if (context.settings.outputs === "inline") yield* inlineText(output, id, context);
    else yield hide(linkText(output, id, context));
  }
  const why = whyNot(record);
  yield why === undefined ? "]}" : hide(`],"error_data":${JSON.stringify(why)}}`);
}

async function* inlineText(output, id, context) {
  const hide = (text) => concealed(text, context.calls.secrets);
  const bytes = download(output, id, context);
  const base64 = base64Of(bytes);
  let first;
  try {
    first = await base64.next();
  } catch (error) {
    if (context.ending.signal.aborted) throw error;
    // Nothing of it was written yet, so the page may still get it by itself.
    yield hide(linkText(output, id, context));
    return;
  }
  const { filename, contentType: content_type } = output;
  yield `${hide(JSON.stringify({ filename, content_type }).slice(0, -1))},"data":"`;
  let count = 0;
  for (let piece = first; !piece.done; piece = await base64.next()) {
    count += decodedLength(piece.value);
    yield piece.value;
  }
  yield `","size":${count}}`;
}

function decodedLength(base64) {
  const padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
  return (base64.length / 4) * 3 - padding;
}

function linkText(output, id, context) {
  const { filename, contentType: content_type, size } = output;
  return JSON.stringify({ filename, content_type, filepath: pageLink(output, id, context), size });
}

/**
 * A record as the route's look-up tells it.
 *
 * @param {import("./record.js").RunRecord} record
 * @param {Context} context
 */
export function recordText(record, context) {
  const { id, status, ended, seconds, outputs } = record;
  const told = { prompt_id: id, status, completed: ended, execution_time_seconds: seconds };
  const listed = ended ? outputs.map((output) => JSON.parse(linkText(output, id, context))) : undefined;
  const text = JSON.stringify({ ...told, outputs: listed, error_data: whyNot(record) });
  return concealed(text, context.calls.secrets);
}
