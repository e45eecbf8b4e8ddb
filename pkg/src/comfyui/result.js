// The prompt result, written while its outputs are downloaded: none is ever held as a whole.

import { stringifyJson } from "viewcomfy-wasm";

import { base64Of } from "../route/base64.js";
import { download } from "./download.js";
import { outputsOf } from "./outputs.js";

/** Once there is so much of it, what was written goes out. */
const PIECE = 64 * 1024;

/**
 * @typedef {object} Told
 * @property {string} id the run's id, as the caller knows it
 * @property {import("./state.js").Finished} state
 * @property {import("./outputs.js").BytesOutput[]} sent outputs that came by the socket
 * @property {string | undefined} prompt the prompt as it was sent, when that is known
 */

/**
 * The result's JSON in pieces, on one line.
 *
 * @param {Told} told
 * @param {import("./server.js").ComfyServer} server
 * @param {import("./server.js").Call} call
 * @param {string} route the route's own path, for links
 * @returns {AsyncGenerator<string>}
 */
export async function* resultText({ id, state, sent, prompt }, server, call, route) {
  const { status, error, seconds } = state;
  const head = { prompt_id: id, status, completed: status === "success", execution_time_seconds: seconds };
  yield `${JSON.stringify(head).slice(0, -1)},"prompt":${prompt ? onOneLine(prompt) : promptOf(state)},"outputs":[`;
  let between = "";
  for (const output of [...outputsOf(state.outputs), ...sent]) {
    yield between;
    yield* outputText(output, server, call, route);
    between = ",";
  }
  yield error === undefined ? "]}" : `],"error_data":${JSON.stringify(error)}}`;
}

async function* outputText(output, server, call, route) {
  const { filename, contentType: content_type } = output;
  if ("file" in output && call.settings.outputs === "link") {
    yield JSON.stringify({
      filename,
      content_type,
      filepath: await linkTo(output.file, server, call.settings, route),
    });
    return;
  }
  yield `${JSON.stringify({ filename, content_type }).slice(0, -1)},"data":"`;
  const size = { bytes: 0 };
  const content = "file" in output ? download(server, output.file, call) : [output.bytes];
  for await (const text of base64Of(counted(content, size))) yield text;
  yield `","size":${size.bytes}}`;
}

async function* counted(chunks, size) {
  for await (const chunk of chunks) {
    size.bytes += chunk.length;
    yield chunk;
  }
}

/** Where the route has a file. */
export async function linkTo(file, server, { signer }, route) {
  return `${route}?view=${await signer.reference(server.address, file)}`;
}

/** JSON has its line breaks between values only, and an event's data ends at one. */
function onOneLine(json) {
  return json.replaceAll(/[\r\n]+/g, "");
}

function promptOf({ prompt }) {
  return prompt === undefined ? "null" : stringifyJson(prompt);
}

/** Texts joined to bytes of a good size. */
export async function* asBytes(texts) {
  const encoder = new TextEncoder();
  let waiting = "";
  for await (const text of texts) {
    if (waiting.length + text.length < PIECE) {
      waiting += text;
      continue;
    }
    // Not joined first: of what is large that would be one more copy.
    if (waiting !== "") yield encoder.encode(waiting);
    yield encoder.encode(text);
    waiting = "";
  }
  if (waiting !== "") yield encoder.encode(waiting);
}
