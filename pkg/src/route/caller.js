// Who is calling: the method, the page's origin, and the backend's own check. Nothing of the body is read here.

import { Refusal } from "./refusal.js";

/** Headers of an answer that a page of another origin may read. */
const READABLE =
  "accept-ranges, content-length, content-range, retry-after, viewcomfy-can, viewcomfy-prompt-id";
const READABLE_BY_PAGES = ["access-control-expose-headers", READABLE];
const PREFLIGHT_SECONDS = "600";

/**
 * Throws when the request is not to be passed on.
 *
 * @param {Request} request
 * @param {import("./options.js").CommonSettings} settings
 * @returns {Promise<Response | undefined>} the answer when `authorize` has one of its own
 */
export async function admit(request, settings) {
  checkMethod(request, settings);
  checkOrigin(request, settings);
  const instead = await authorized(request, settings.authorize);
  if (instead) return instead;
  if (settings.problem) throw new Refusal("not_configured", settings.problem);
}

function checkMethod(request, settings) {
  if (!settings.methods.includes(request.method)) throw notServed(settings);
}

/** Says what the route answers instead. */
export function notServed({ methods, serves }) {
  const headers = { allow: methods.join(", ") };
  return new Refusal("method_not_allowed", `${serves}; nothing else is answered here.`, { headers });
}

/** Stands for every origin. */
const ANY = "*";

/**
 * A page of another site must not spend what the visitor's session allows. `Sec-Fetch-Site` is the browser's own word and
 * knows the address that the page used; without it (plain http, older browsers) the hosts are compared, not the schemes,
 * because TLS often ends before this server. A caller that sends neither is not a page.
 */
function checkOrigin(request, { origins }) {
  const origin = request.headers.get("origin");
  if (origins.has(ANY) || origins.has(origin)) return;
  const site = request.headers.get("sec-fetch-site");
  if (site === "same-origin" || site === "none") return;
  if (site === null && (origin === null || hostOf(origin) === new URL(request.url).host)) return;
  throw new Refusal("origin_not_allowed", "Pages of other origins may not call here: list them in origins.");
}

function hostOf(origin) {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

async function authorized(request, authorize) {
  const verdict = await asked(request, authorize);
  if (verdict instanceof Response) return sendable(verdict);
  if (verdict !== true && verdict !== undefined)
    throw new Refusal("not_authorized", "You may not call here: sign in first.");
}

function sendable(response) {
  if (response.status >= 200 && !response.bodyUsed && !response.body?.locked) return response;
  throw new Refusal(
    "not_authorized",
    "The app's own response cannot be sent: authorize must give a new one.",
    {
      status: 500,
    },
  );
}

async function asked(request, authorize) {
  try {
    return await authorize?.(request);
  } catch (cause) {
    throw new Refusal("not_authorized", "The check of who is calling failed.", { status: 500, cause });
  }
}

/** The answer to the question whether a page of a listed origin may call. */
export function answerPreflight(request, settings) {
  const { method, headers } = request;
  if (method !== "OPTIONS" || !isListed(headers.get("origin"), settings)) return undefined;
  const allowed = {
    "access-control-allow-methods": settings.methods.join(", "),
    "access-control-max-age": PREFLIGHT_SECONDS,
  };
  const asked = headers.get("access-control-request-headers");
  if (asked) allowed["access-control-allow-headers"] = asked;
  return new Response(null, { status: 204, headers: allowed });
}

function isListed(origin, { origins }) {
  return origin !== null && (origins.has(ANY) || origins.has(origin));
}

/** What lets pages of the listed origins read an answer, a refusal as well. */
export function originsHeaders(request, { origins }) {
  if (origins.size === 0) return [];
  // Without cookies: an app that lets every page in must not let it act for the visitor.
  if (origins.has(ANY)) return [["access-control-allow-origin", ANY], READABLE_BY_PAGES];
  const vary = ["vary", "origin"];
  const origin = request.headers.get("origin");
  if (origin === null || !origins.has(origin)) return [vary];
  return [
    vary,
    ["access-control-allow-origin", origin],
    ["access-control-allow-credentials", "true"],
    READABLE_BY_PAGES,
  ];
}
