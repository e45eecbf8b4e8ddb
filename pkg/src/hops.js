// The gateway's hops: where one may lead, and how many there may be.

/** The gateway sends a plain call round every 150 s, about 20 times. */
export const MAX_HOPS = 30;

/**
 * Where a redirect points.
 *
 * @param {Response} response
 * @param {URL | string} from the address that answered
 * @returns {URL | undefined} undefined when it names no address
 */
export function targetOf(response, from) {
  const location = response.headers.get("location") ?? "";
  return location && URL.canParse(location, from) ? new URL(location, from) : undefined;
}

/**
 * The address of a hop: the endpoint's own with another query. A redirect elsewhere would take the credentials along.
 *
 * @param {Response} response a redirect
 * @param {URL | string} from the address that answered
 * @param {URL} endpoint
 * @returns {URL | undefined} undefined for any other redirect
 */
export function hopOf(response, from, { origin, pathname }) {
  if (response.status !== 303) return undefined;
  const target = targetOf(response, from);
  const stays = target?.origin === origin && target.pathname === pathname;
  return stays && !target.username && !target.password ? target : undefined;
}
