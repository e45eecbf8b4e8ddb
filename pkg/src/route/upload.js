// The body of a request on its way to the server behind: counted, rewritten, and streamed as that takes it.

import { newBoundary, writtenAnew } from "./form.js";
import { boundaryOf, multipartEvents } from "./multipart.js";
import { pulled } from "./pulled.js";
import { Refusal } from "./refusal.js";
import { joined } from "./scanner.js";

/** A form that ends within this many bytes is checked as a whole before anybody hears of it. */
const AHEAD = 64 * 1024;

/**
 * @param {Request} request
 * @param {import("./options.js").CommonSettings & { workflowApi: boolean }} settings
 * @param {import("./ending.js").Ending} ending ended when what comes later is wrong
 * @param {{ held?: Map<string, string>, added?: () => Promise<[string, string][]>,
 *   events?: AsyncIterable<import("./multipart.js").FormEvent> }} [how] see writtenAnew; and the form, where it may be another
 *   than multipart
 * @returns {Promise<{ type: string, body: Uint8Array | ReadableStream<Uint8Array> }>}
 */
export async function uploadOf(request, settings, ending, how = {}) {
  const to = newBoundary();
  const { events = multipartForm(request, settings, ending), ...more } = how;
  const pieces = writtenAnew(events, { to, workflowApi: settings.workflowApi, ...more });
  return { type: `multipart/form-data; boundary=${to}`, body: await bodyOf(pieces, ending) };
}

/**
 * What a request's form holds, read while it comes. Throws at once where it cannot be read.
 *
 * @param {Request} request
 * @param {import("./options.js").CommonSettings} settings
 * @param {import("./ending.js").Ending} ending
 */
export function multipartForm(request, settings, ending) {
  const boundary = boundaryOf(request.headers.get("content-type"));
  return multipartEvents(chunksOfBody(request, settings, ending), boundary);
}

/**
 * The chunks of a request's body, as long as they are not too many. Throws at once where none can be read.
 *
 * @param {Request} request
 * @param {import("./options.js").CommonSettings} settings
 * @param {import("./ending.js").Ending} ending
 */
export function chunksOfBody(request, { maxBodyBytes }, ending) {
  const declared = Number(request.headers.get("content-length"));
  if (maxBodyBytes > 0 && declared > maxBodyBytes) throw tooLarge(maxBodyBytes);
  if (request.bodyUsed)
    throw new Refusal("invalid_body", "The body was read before the route got it.", { status: 500 });
  if (!request.body) throw new Refusal("invalid_body", "The request has no body.");
  return counted(request.body, maxBodyBytes, ending);
}

/** The chunks of a body, as long as they are not too many; the body is given up with the loop. */
async function* counted(body, most, ending) {
  const reader = body.getReader();
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await ending.for(reader.read());
      if (done) return;
      size += value.length;
      if (most > 0 && size > most) throw tooLarge(most);
      yield value;
    }
  } catch (cause) {
    throw cause instanceof Refusal ? cause : new Refusal("invalid_body", "The body broke off.", { cause });
  } finally {
    reader.cancel().catch(() => {});
  }
}

export function tooLarge(most) {
  return new Refusal("too_large", `The body is larger than ${most} bytes, the most that this app passes on.`);
}

async function bodyOf(pieces, ending) {
  const ahead = [];
  let size = 0;
  while (size < AHEAD) {
    const { done, value } = await pieces.next();
    if (done) return joined(...ahead);
    ahead.push(value);
    size += value.length;
  }
  return pulled(behind(ahead, pieces, ending), () => pieces.return());
}

/** What is wrong with the rest ends the call: the deployment got no end of a form, so it cannot have run it. */
async function* behind(ahead, pieces, ending) {
  yield* ahead;
  try {
    yield* pieces;
  } catch (error) {
    ending.end(error);
    throw error;
  }
}
