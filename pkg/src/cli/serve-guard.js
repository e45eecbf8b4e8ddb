// Who may ask the served page and its route: on this machine everyone who asks under its own name, elsewhere who has the token.

import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** Under any other name it may be a page of somebody else's whose name was pointed at this machine. */
const OUR_NAMES = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/i;
const TOKEN_BYTES = 24;

/** @param {string} host as it is bound */
export function isLoopback(host) {
  return LOOPBACK.test(host);
}

/**
 * What stands before everything that is served. Without a token everyone may ask who is on this machine.
 *
 * @param {{ loopback: boolean }} where
 */
export function createGuard({ loopback }) {
  const token = loopback ? null : randomBytes(TOKEN_BYTES).toString("base64url");
  // Cookies do not know ports: another server on this machine has another name for its own.
  const cookie = `viewcomfy-serve-${randomBytes(4).toString("hex")}`;
  return {
    /** What the page's address has to carry once; the cookie stands for it from then on. */
    query: token === null ? "" : `?token=${token}`,
    /** What lets this process in. @type {Record<string, string>} */
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
    /** @param {string} host the request's header */
    knowsName: (host) => token !== null || OUR_NAMES.test(host),
    /** @param {Headers} headers of a request */
    admits: (headers) => token === null || presented(headers, cookie).some((given) => same(given, token)),
    /** @param {URLSearchParams} query @returns {string | null} the cookie to set, where the query has the token */
    cookieFor(query) {
      if (token === null || !same(query.get("token") ?? "", token)) return null;
      return `${cookie}=${token}; Path=/; HttpOnly; SameSite=Lax`;
    },
  };
}

/** A browser presents the cookie, a program `Authorization: Bearer …`. */
function presented(headers, cookie) {
  const bearer = /^bearer +([\w-]{1,200})$/i.exec(headers.get("authorization") ?? "")?.[1];
  const cookies = (headers.get("cookie") ?? "").split(";").map((each) => each.trim());
  const own = cookies.filter((each) => each.startsWith(`${cookie}=`));
  return [...own.map((each) => each.slice(cookie.length + 1)), ...(bearer ? [bearer] : [])];
}

/** In the same time whatever is presented: digests have one length, and are compared to their ends. */
function same(given, token) {
  return timingSafeEqual(digest(given), digest(token));
}

function digest(text) {
  return createHash("sha256").update(text).digest();
}
