// Values by their keys, on their way into the wasm: one JSON text, written without rounding.

import { ViewComfyError } from "./errors.js";
import { isPlainObject, jsonText, tagOf } from "./json.js";
import { wrongType } from "./options.js";

/** The JSON text of values where files have no place. */
export function valuesText(params) {
  return objectText(pairsOf(params).map(([key, value]) => [key, valueText(key, value)]));
}

/** Keys and values of a plain object or a `Map`; of nothing, none. @returns {[string, any][]} */
export function pairsOf(params) {
  if (params === undefined || params === null) return [];
  const isMap = tagOf(params) === "Map";
  if (!isMap && !isPlainObject(params)) throw wrongType("params", "a plain object or a Map", params);
  const pairs = isMap ? [...params] : Object.entries(params);
  for (const [key] of pairs)
    if (typeof key !== "string") throw wrongType("a parameter's key", "a string", key);
  return pairs;
}

/** The JSON text of one value. */
export function valueText(key, value) {
  return jsonText(value, {
    fail: (what) => invalid(key, `the value of "${key}" ${what}`),
    words: true,
  });
}

export function invalid(key, message) {
  return new ViewComfyError("invalid_param", message, { key });
}

/** The JSON text of an object of keys and the texts of their values. */
export function objectText(texts) {
  return `{${texts.map(([key, text]) => `${JSON.stringify(key)}:${text}`).join(",")}}`;
}
