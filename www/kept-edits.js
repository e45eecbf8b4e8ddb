// What was typed into workflows, kept in this browser until it is discarded: values, switches and the workflow's text, so that
// a closed tab loses nothing. No file and no secret is among them. Knows the storage, not the page.

const KEY = "edits";
const MAX_FILES = 20;
/** Characters of one file's edits: beyond them, they last as long as the page. */
const MAX_EDITS = 100_000;
/** The newest files are kept with their text, up to so many characters each, so that they can be opened without being dropped again. */
const MAX_TEXTS = 4;
const MAX_TEXT = 200_000;

/**
 * @typedef {object} KeptEdits
 * @property {string} id of the workflow's text
 * @property {string} name the file's
 * @property {number} at when it was last changed, in milliseconds since 1970
 * @property {number} count of changes
 * @property {string} edits key → change, as exact JSON
 * @property {Record<string, string>} files key → name of the file that was chosen, which is not kept
 * @property {string | null} text the workflow, where it is kept
 */

/** @returns {KeptEdits[]} newest first */
export function listEdits() {
  try {
    const read = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(read) ? read.filter(isEdits) : [];
  } catch {
    return [];
  }
}

/** @returns whether they are kept now: storage may be refused, or full. */
export function keepEdits(/** @type {KeptEdits} */ record) {
  if (record.edits.length > MAX_EDITS) return false;
  const own = { ...record, text: record.text !== null && record.text.length > MAX_TEXT ? null : record.text };
  const all = [own, ...othersThan(record.id)].slice(0, MAX_FILES);
  const trimmed = all.map((each, at) => (at < MAX_TEXTS ? each : { ...each, text: null }));
  return write(trimmed) || write(trimmed.map((each) => ({ ...each, text: null })));
}

export function forgetEdits(id) {
  const others = othersThan(id);
  if (others.length < listEdits().length) write(others);
}

/** Read anew each time: another tab may have written. */
function othersThan(id) {
  return listEdits().filter((each) => each.id !== id);
}

function write(list) {
  try {
    if (list.length === 0) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify(list));
    return true;
  } catch {
    return false;
  }
}

function isEdits(value) {
  const texts = [value?.id, value?.name, value?.edits];
  const numbers = [value?.at, value?.count];
  const isText = value?.text === null || typeof value?.text === "string";
  return (
    texts.every((text) => typeof text === "string") &&
    numbers.every(Number.isFinite) &&
    isText &&
    typeof value.files === "object" &&
    value.files !== null
  );
}

/** A short name for a text: its length and 53 bits of a hash (cyrb53), which needs no secure context. */
export function idOf(text) {
  let low = 0xdeadbeef;
  let high = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 2654435761);
    high = Math.imul(high ^ unit, 1597334677);
  }
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  const hash = 4294967296 * (2097151 & high) + (low >>> 0);
  return `${text.length}-${hash.toString(36)}`;
}
