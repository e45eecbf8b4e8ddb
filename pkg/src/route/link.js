// `?url=`: a result that came as a link, from a host of the list, without credentials.

import { targetOf } from "../hops.js";
import { linkAnswerOf } from "./answer.js";
import { discard, send } from "./outgoing.js";
import { Refusal } from "./refusal.js";

const MAX_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Of the caller's request, what a player needs to seek. */
const PASSED_ON = { range: /^bytes=[\d, -]{1,200}$/, "if-range": /^[\x20-\x7e]{1,200}$/ };

/**
 * @param {Request} request
 * @param {import("./options.js").CommonSettings & { linkHosts: ((url: URL) => boolean)[] }} settings
 * @param {import("./ending.js").Ending} ending
 */
export async function fetchLink(request, settings, ending) {
  const asked = new URL(request.url).searchParams.getAll("url");
  if (asked.length !== 1) throw notAllowed("Say which link to fetch, once: ?url=…");
  const headers = passedOn(request.headers);
  let url = allowed(URL.canParse(asked[0]) ? new URL(asked[0]) : undefined, settings);
  ending.startWaiting();
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    const response = await send({ url, headers }, settings, ending);
    if (!REDIRECTS.has(response.status)) return linkAnswerOf(response, ending);
    discard(response);
    url = allowed(targetOf(response, url), settings);
  }
  throw new Refusal("too_many_redirects", `The link redirected more than ${MAX_REDIRECTS} times.`);
}

/** Each address on the way, or this server could be sent to any other. */
function allowed(url, { linkHosts }) {
  if (!url) throw notAllowed("The link is not a web address.");
  if (url.username || url.password) throw notAllowed("The link has a name or password in it.");
  if (!linkHosts.some((fits) => fits(url)))
    throw notAllowed("The link goes to a host that is not in linkHosts, or is not https.");
  return url;
}

/** @param {Headers} headers those of the caller */
export function passedOn(headers) {
  /** @type {Record<string, string>} */
  const kept = {};
  for (const [name, pattern] of Object.entries(PASSED_ON)) {
    const value = headers.get(name);
    if (value !== null && pattern.test(value)) kept[name] = value;
  }
  return kept;
}

function notAllowed(message) {
  return new Refusal("link_not_allowed", message);
}
