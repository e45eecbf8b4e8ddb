// Keeps what was shown to the API out of what a page is told.

/** Anything shorter may be in a text by chance, and is not a secret. */
const SHORTEST_SECRET = 8;

/**
 * The text with stars in the secrets' places, as they are and as they stand in JSON or an address.
 *
 * @param {string} text
 * @param {Iterable<string>} secrets
 */
export function concealed(text, secrets) {
  let left = text;
  for (const secret of secrets) {
    if (secret.length < SHORTEST_SECRET) continue;
    for (const spelling of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]) {
      left = left.replaceAll(spelling, "*".repeat(spelling.length));
    }
  }
  return left;
}
