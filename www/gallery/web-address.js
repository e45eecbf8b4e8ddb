// Addresses that a result may have the page ask for.

/** A link only when it is one of the web: a result cannot smuggle in another kind of address. */
export function webAddress(url) {
  if (!URL.canParse(url, location.href)) return "";
  const address = new URL(url, location.href);
  return /^https?:$/.test(address.protocol) ? address.href : "";
}
