// An output's bytes, as they are downloaded: from where they broke off, over a link that may have to be renewed.

import { targetOf } from "../hops.js";
import { isSecure } from "../route/hosts.js";
import { discard, send } from "../route/outgoing.js";
import { Refusal } from "../route/refusal.js";
import { freshLinkOf } from "./links.js";
import { Pace, pause } from "./pace.js";

const MAX_REDIRECTS = 5;
/** How often it may break without a byte more. */
const MAX_IDLE = 5;
/** What may come once more where a host knows no ranges. */
const MAX_AGAIN = 64 * 1024;
const EXPIRED = new Set([400, 401, 403, 404, 410]);

/** A download in which nothing more is to be had. */
class Broken extends Error {}

/**
 * @typedef {object} Context
 * @property {import("./calls.js").CloudCalls} calls
 * @property {import("./options.js").Settings} settings
 * @property {import("../route/ending.js").Ending} ending
 */

/**
 * @param {import("./record.js").Output} output
 * @param {string} id of its run
 * @param {Context} context
 * @returns {AsyncGenerator<Uint8Array>}
 */
export async function* download({ link, size }, id, context) {
  const { settings, ending } = context;
  const pace = new Pace(settings.pollMs);
  let [url, at, etag, total, idle] = [link, 0, "", size, 0];
  for (;;) {
    const before = at;
    try {
      const response = await asked(url, at, etag, context);
      if (EXPIRED.has(response.status)) {
        discard(response);
        const fresh = await freshLinkOf(context.calls, id, url);
        if (fresh === undefined) throw new Broken(`The link's host responded with ${response.status}.`);
        url = fresh;
        idle += 1;
        if (idle >= MAX_IDLE) throw new Broken("The links expire at once.");
        continue;
      }
      let again = repeatedBy(response, at);
      etag = response.headers.get("etag") ?? "";
      total ??= lengthOf(response);
      for await (const chunk of chunksOf(response, ending)) {
        const bytes = chunk.subarray(Math.min(again, chunk.length));
        again -= chunk.length - bytes.length;
        at += bytes.length;
        if (bytes.length > 0) yield bytes;
      }
      if (total === undefined || at >= total) return;
    } catch (error) {
      if (ending.signal.aborted || error instanceof Broken || error instanceof Refusal) throw error;
    }
    idle = at > before ? 0 : idle + 1;
    if (idle >= MAX_IDLE) throw new Broken("The download broke off repeatedly.");
    await pause(pace.next(), ending.signal);
    if (at > before) pace.reset();
  }
}

/** The answer at the end of a link's redirects. No credentials are sent there. */
async function asked(link, at, etag, { settings, ending }) {
  /** @type {Record<string, string>} */
  const headers =
    at > 0 ? { range: `bytes=${at}-`, ...(etag.startsWith('"') ? { "if-range": etag } : {}) } : {};
  let url = secure(link);
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    const response = await send({ url, headers }, settings, ending);
    if (response.status < 300 || response.status > 399) return response;
    discard(response);
    url = secure(targetOf(response, url));
  }
  throw new Broken("The link redirects too often.");
}

function secure(link) {
  const url = link && URL.canParse(`${link}`) ? new URL(link) : undefined;
  if (url && isSecure(url)) return url;
  throw new Broken("The link is not https.");
}

/** How many of the answer's bytes were had before. */
function repeatedBy(response, at) {
  const { status } = response;
  if (status === 206 && at > 0 && startOf(response) === at) return 0;
  if (status === 200 && at <= MAX_AGAIN) return at;
  discard(response);
  if (status >= 500) throw new Error(`The link's host responded with ${status}.`);
  throw new Broken(
    status === 200
      ? "The file has changed, or its host knows no ranges."
      : `The link's host responded with ${status}.`,
  );
}

function startOf(response) {
  return Number(/^bytes (\d+)-/.exec(response.headers.get("content-range") ?? "")?.[1] ?? Number.NaN);
}

/** Known for what comes as it is. */
function lengthOf(response) {
  const { headers, status } = response;
  const length = headers.get("content-length");
  return status === 200 && length !== null && !headers.get("content-encoding") ? Number(length) : undefined;
}

async function* chunksOf(response, ending) {
  const reader = response.body?.getReader();
  try {
    for (;;) {
      const { done, value } = await ending.for(
        reader?.read() ?? Promise.resolve({ done: true, value: undefined }),
      );
      if (done) return;
      yield value;
    }
  } finally {
    reader?.cancel().catch(() => {});
  }
}
