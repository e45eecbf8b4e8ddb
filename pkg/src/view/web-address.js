// Addresses that come from files and results of strangers.

/**
 * An address of the web, or null: neither a file nor a result can smuggle in another kind. Without a `base` it has to be a
 * whole one.
 *
 * @param {string | null | undefined} address
 * @param {string} [base] what an address without a host counts from
 */
export function webAddress(address, base) {
  if (!address || !URL.canParse(address, base)) return null;
  const { protocol, href } = new URL(address, base);
  return protocol === "https:" || protocol === "http:" ? href : null;
}
