// Speaks to screen readers, sparingly: one polite live region for the whole page.

import { byId } from "./dom.js";

/** Says one sentence once. */
export function announce(sentence) {
  byId("announcer").textContent = sentence;
}
