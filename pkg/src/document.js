// Documents (a workflow, an object_info, a view_comfy.json) on their way into the wasm: bytes, whatever they were given as.

import { ViewComfyError } from "./errors.js";
import { describe, isPlainObject, jsonText, tagOf } from "./json.js";

const encoder = new TextEncoder();
/** By the two bytes of the byte order mark. */
const UTF_16 = new Map([
  [0xfffe, "utf-16le"],
  [0xfeff, "utf-16be"],
]);

/** The bytes of a workflow given as text, bytes or an object. */
export function workflowBytes(workflow) {
  return documentBytes(workflow, "workflow", "invalid_workflow");
}

/**
 * @param {any} given text, bytes or an object
 * @param {string} name what it is called in messages
 * @param {string} code of the error where it is none of these
 * @returns {Uint8Array}
 */
export function documentBytes(given, name, code) {
  if (typeof given === "string") return textBytes(given, code);
  const tag = tagOf(given);
  if (tag === "Uint8Array") return utf8Of(given, code);
  if (tag === "ArrayBuffer") return utf8Of(new Uint8Array(given), code);
  if (isPlainObject(given) || Array.isArray(given)) {
    const fail = (what) => new ViewComfyError(code, `the value of "${name}" ${what}`);
    // An object may have been read from what Python wrote.
    return encoded(jsonText(given, { fail, words: true }));
  }
  const expected = "JSON text, a Uint8Array, an ArrayBuffer or a plain object";
  const advice = "of a File, pass await file.arrayBuffer()";
  throw new ViewComfyError(code, `${name} must be ${expected}, not ${describe(given)}; ${advice}`);
}

function textBytes(text, code) {
  // An encoder would put another character in place of half a character.
  if (text.isWellFormed()) return encoded(text);
  throw new ViewComfyError(code, "the text has half a character in it (an unpaired surrogate)");
}

/** The bytes as UTF-8, of UTF-16 with a byte order mark, as PowerShell writes it. */
function utf8Of(bytes, code) {
  const label = UTF_16.get((bytes[0] << 8) | bytes[1]);
  if (label === undefined) return bytes;
  try {
    return encoded(new TextDecoder(label, { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new ViewComfyError(code, "the text is damaged: it begins as UTF-16 and is not", {}, cause);
  }
}

/** Chromium encodes into an array of ours in a third of the time that it needs for one of its own. */
function encoded(text) {
  const room = new Uint8Array(text.length + (text.length >> 3));
  const { read, written } = encoder.encodeInto(text, room);
  return read === text.length ? room.subarray(0, written) : encoder.encode(text);
}
