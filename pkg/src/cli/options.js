// The arguments of one command: read by Node's own parser, checked here so that a mistake gets a helpful sentence.

import { parseArgs } from "node:util";
import { nearestOf } from "../nearest.js";
import { UsageFailure } from "./failure.js";
import { quoted } from "./terminal.js";

/**
 * @param {string[]} args
 * @param {{ name: string, options: Record<string, any>, positionals: string[] }} command
 * @returns {{ values: Record<string, any>, positionals: string[] }}
 */
export function parseArguments(args, { name, options, positionals: wanted }) {
  const { values, positionals, tokens } = parseArgs({
    args,
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const seen = new Set();
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    checkOption(token, options, name);
    if (seen.has(token.name) && !options[token.name].multiple)
      throw usage(`${token.rawName} is given twice`, name);
    seen.add(token.name);
  }
  if (positionals.length > wanted.length) {
    throw usage(`${quoted(positionals[wanted.length])} is one argument too many`, name, quoting(wanted));
  }
  return { values, positionals };
}

/** The first positional argument, which the command cannot do without. */
export function required(positionals, what, name) {
  if (positionals.length > 0) return positionals[0];
  throw usage(`${what} is missing`, name);
}

/** A whole number in a range. */
export function wholeNumber(text, option, least, most, name) {
  if (/^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text);
  throw usage(`--${option} takes a whole number from ${least} to ${most}, not ${quoted(text)}`, name);
}

/** A failure that points to the command's help. */
export function usage(message, name, more = "") {
  return new UsageFailure(message, `${more}See "viewcomfy-wasm ${name} --help".`);
}

function checkOption(token, options, name) {
  const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
  if (!option) throw unknown(token, options, name);
  if (option.type === "boolean") {
    if (token.value !== undefined) throw usage(`${token.rawName} takes no value`, name);
    return;
  }
  if (token.value === undefined) throw usage(`${token.rawName} needs a value`, name);
  const isOption = /^-(?:-[a-z]|[a-z]$)/i.test(token.value);
  if (!token.inlineValue && isOption) {
    throw usage(
      `${token.rawName} needs a value, and ${quoted(token.value.split("=", 1)[0])} follows it`,
      name,
    );
  }
}

/** Never shows a value: it may be a secret. */
function unknown(token, options, name) {
  const nearest = likeliest(token.name, nearestOf(token.name, Object.keys(options)));
  const hint = nearest ? `Did you mean --${nearest}? ` : "";
  return usage(`"viewcomfy-wasm ${name}" has no option ${quoted(token.rawName)}`, name, hint);
}

/** A letter that was left out or doubled is likelier than another one: `--sed` is for `--seed` rather than `--set`. */
function likeliest(name, nearest) {
  return nearest.find((each) => isWithin(name, each) || isWithin(each, name)) ?? nearest[0];
}

/** Whether all letters of a name are in another one, in their order. */
function isWithin(name, whole) {
  let at = 0;
  for (const letter of whole) if (letter === name[at]) at += 1;
  return at === name.length;
}

function quoting(wanted) {
  return wanted.length > 0 ? "A value with spaces needs quotes around it. " : "";
}
