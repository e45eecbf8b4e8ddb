// The links of outputs: through the route where its list has their host, and again where they have expired.

import { fetchLink } from "../route/link.js";
import { Refusal } from "../route/refusal.js";
import { CloudCalls } from "./calls.js";

/** What hosts answer to a link whose time is over, or whose signature. */
const EXPIRED = new Set([400, 401, 403, 404, 410]);

/**
 * Where the page finds an output: the route itself, which knows of which run it is, or the link as it came.
 *
 * @param {import("./record.js").Output} output
 * @param {string} id
 * @param {{ settings: import("./options.js").Settings, route: string }} where
 */
export function pageLink({ link }, id, { settings, route }) {
  const isListed = URL.canParse(link) && settings.linkHosts.some((fits) => fits(new URL(link)));
  return isListed ? `${route}?${new URLSearchParams({ url: link, of: id })}` : link;
}

/**
 * `?url=…&of=…`: fetches a link; where it has expired, the one that the run's record has now.
 *
 * @param {Request} request
 * @param {import("./options.js").Settings} settings
 * @param {import("../route/ending.js").Ending} ending
 */
export async function answerLink(request, settings, ending) {
  try {
    return await fetchLink(request, settings, ending);
  } catch (error) {
    const fresh = isExpired(error) ? await freshLink(request, settings, ending) : undefined;
    if (fresh === undefined) throw error;
    const address = new URL(request.url);
    address.searchParams.set("url", fresh);
    return fetchLink(new Request(address, { headers: request.headers }), settings, ending);
  }
}

function isExpired(error) {
  return error instanceof Refusal && error.code === "unreachable" && EXPIRED.has(error.status);
}

async function freshLink(request, settings, ending) {
  const asked = new URL(request.url).searchParams;
  const id = asked.get("of");
  if (id === null) return undefined;
  return freshLinkOf(new CloudCalls(settings, ending), id, asked.get("url") ?? "");
}

/**
 * The link to the same file in the run's record of now.
 *
 * @param {CloudCalls} calls
 * @param {string} id
 * @param {string} link
 * @returns {Promise<string | undefined>}
 */
export async function freshLinkOf(calls, id, link) {
  const records = await calls.lookUp([id]);
  const outputs = records.find((record) => record.id === id)?.outputs ?? [];
  return outputs.map((output) => output.link).find((other) => other !== link && isSameFile(other, link));
}

function isSameFile(one, other) {
  if (!URL.canParse(one) || !URL.canParse(other)) return false;
  const [a, b] = [new URL(one), new URL(other)];
  return a.origin === b.origin && a.pathname === b.pathname;
}
