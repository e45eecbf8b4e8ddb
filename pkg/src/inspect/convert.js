// `toApiFormat` and `applyParams`: options checked, the wasm loaded, and definitions when none are given.

import { workflowBytes } from "../document.js";
import { ViewComfyError } from "../errors.js";
import { optionsOf } from "../options.js";
import { valuesText } from "../values.js";
import * as wasm from "../viewcomfy_convert.js";
import { loadConversion } from "./conversion.js";
import { conversionPart, customNodes, NodeDefinitions, ownNodes, withBoth } from "./definitions.js";
import { ConvertOptions } from "./option-names.js";

const PART = conversionPart(wasm);

/** See inspect.d.ts. */
export function toApiFormat(workflow, options) {
  const given = optionsOf(options, ConvertOptions, "toApiFormat");
  return withConvertible(workflow, given, (convertible, ...rest) => convertible.convert(...rest));
}

/** See inspect.d.ts. */
export function applyParams(workflow, params, options) {
  const given = optionsOf(options, ConvertOptions, "applyParams");
  const values = valuesText(params);
  return withConvertible(workflow, given, (convertible, ...rest) => convertible.applyParams(values, ...rest));
}

/** Calls `use` with the workflow, the definitions that it needs, and the settings. */
async function withConvertible(workflow, given, use) {
  const bytes = workflowBytes(workflow);
  await loadConversion();
  const settings = settingsOf(given);
  try {
    return await withBehind(new wasm.Convertible(bytes), given, settings, use);
  } finally {
    settings.free();
  }
}

async function withBehind(convertible, { objectInfo, customNodes: custom }, settings, use) {
  try {
    const known = convertible.needsDefinitions ? (objectInfo ?? (await ownNodes.load())) : undefined;
    const mayLoad = custom ?? !isOfServer(known);
    const given = typeof mayLoad === "boolean" ? undefined : mayLoad;
    const callWith = (behind, mayAsk) =>
      withBoth(known, behind, (...both) => use(convertible, ...both, settings, mayAsk), PART);
    if (mayLoad !== true) return callWith(given, false);
    // What was loaded before costs nothing; the first file that needs it is converted anew with it.
    const { ready } = customNodes;
    return callWith(ready, !ready) ?? callWith(await customNodes.load(), false);
  } finally {
    convertible.free();
  }
}

/** Whether definitions are complete, so that a class which they lack cannot run. */
function isOfServer(known) {
  return known !== undefined && !(known instanceof NodeDefinitions && known.bundledFrom !== null);
}

function settingsOf({ dynamicPrompts = "first", now, strict = false }) {
  const seed = seedOf(dynamicPrompts);
  if (typeof strict !== "boolean") throw wrong("strict", "true or false");
  return new wasm.ConvertOptions(dynamicPrompts === "keep", seed, momentOf(now), strict);
}

function seedOf(dynamicPrompts) {
  if (dynamicPrompts === "first" || dynamicPrompts === "keep") return undefined;
  const isNumber = Number.isSafeInteger(dynamicPrompts) || typeof dynamicPrompts === "bigint";
  if (
    !isNumber ||
    dynamicPrompts < 0 ||
    BigInt.asUintN(64, BigInt(dynamicPrompts)) !== BigInt(dynamicPrompts)
  ) {
    throw wrong("dynamicPrompts", '"first", "keep", or a seed from 0 to 2^64 − 1');
  }
  return BigInt(dynamicPrompts);
}

/** Year, month, day, hour, minute and second of local time. */
function momentOf(now = new Date()) {
  if (!(now instanceof Date) || Number.isNaN(now.getTime())) throw wrong("now", "a Date");
  const date = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  return Uint32Array.from([...date, now.getHours(), now.getMinutes(), now.getSeconds()]);
}

function wrong(key, expected) {
  return new ViewComfyError("invalid_param", `${key} must be ${expected}`, { key });
}
