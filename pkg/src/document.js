// Documents (a workflow, an object_info, a view_comfy.json) on their way into the wasm: bytes, whatever they were given as.

import { ViewComfyError } from "./errors.js";
import { describe, isPlainObject, jsonText, tagOf } from "./json.js";

const encoder = new TextEncoder();

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
  if (tag === "Uint8Array") return given;
  if (tag === "ArrayBuffer") return new Uint8Array(given);
  if (isPlainObject(given)) {
    const fail = (what) => new ViewComfyError(code, `the value of "${name}" ${what}`);
    return encoded(jsonText(given, { fail }));
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

/** Chromium encodes into an array of ours in a third of the time that it needs for one of its own. */
function encoded(text) {
  const room = new Uint8Array(text.length + (text.length >> 3));
  const { read, written } = encoder.encodeInto(text, room);
  return read === text.length ? room.subarray(0, written) : encoder.encode(text);
}
