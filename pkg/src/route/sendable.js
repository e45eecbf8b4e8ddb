// What can be sent as a credential. `npm start` asks this before any package is installed, so nothing is imported here.

/** What a header can carry. */
const HEADER_TEXT = /^[\x21-\x7e]+$/;

/** @param {unknown} value */
export function isSendable(value) {
  return typeof value === "string" && HEADER_TEXT.test(value);
}
