// Credentials: they come from the environment and from nowhere else, and are in no text that we write.

import { UsageFailure } from "./failure.js";

const SECRET_NAMES = /secret|token|password|passwd|apikey|authorization|bearer|credential|clientid/;
const IN_ADDRESS =
  /^(?:client_?id|client_?secret|(?:access_?)?token|secret|password|api_?key|authorization|signature)$/i;
/** Shorter values are words that occur anywhere. */
const SHORTEST = 8;

/**
 * What the client is given.
 * @returns {{ clientId?: string, clientSecret?: string, token?: string }}
 */
export function credentials() {
  const clientId = process.env.VIEWCOMFY_CLIENT_ID || undefined;
  const clientSecret = process.env.VIEWCOMFY_CLIENT_SECRET || undefined;
  const token = process.env.VIEWCOMFY_TOKEN || undefined;
  if (clientId === undefined && clientSecret === undefined) return token === undefined ? {} : { token };
  if (clientId !== undefined && clientSecret !== undefined) return { clientId, clientSecret };
  const [there, missing] = clientId ? ["ID", "SECRET"] : ["SECRET", "ID"];
  throw new UsageFailure(
    `VIEWCOMFY_CLIENT_${there} is set, but VIEWCOMFY_CLIENT_${missing} is not`,
    "Set both, or VIEWCOMFY_TOKEN alone.",
  );
}

/** A command line is seen by every process of the machine and kept in the shell's history. */
export function refuseCredentials(args) {
  for (const arg of args) {
    const name = nameOf(arg);
    if (name !== null) throw refusal(`${name.startsWith("-") ? name : `"${name}"`} looks like a credential`);
    if (secrets().some((secret) => arg.includes(secret)))
      throw refusal("an argument holds a secret of the environment");
  }
}

/** An address may carry credentials too. */
export function refuseCredentialsIn(url, what) {
  const named = [...url.searchParams.keys()].find((name) => IN_ADDRESS.test(name));
  if (url.username || url.password) throw refusal(`${what} holds a user or a password`);
  if (named) throw refusal(`${what} holds a credential, "${named}"`);
}

/**
 * To be called before anything is escaped, cut or put on one line: of a secret that looks different then, nothing is found.
 *
 * @param {string} text
 */
export function withoutSecrets(text) {
  return secrets()
    .flatMap((secret) => [...spellingsOf(secret)])
    .reduce((safe, secret) => safe.replaceAll(secret, "[secret]"), text);
}

/**
 * The same for data: every text in it, and every name.
 *
 * @param {any} value
 * @returns {any}
 */
export function dataWithoutSecrets(value) {
  if (typeof value === "string") return withoutSecrets(value);
  if (Array.isArray(value)) return value.map(dataWithoutSecrets);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value);
  return Object.fromEntries(entries.map(([name, item]) => [withoutSecrets(name), dataWithoutSecrets(item)]));
}

/** As it is, and as a server may have written it into JSON or into an address. */
function spellingsOf(secret) {
  return new Set([
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret.toWellFormed?.() ?? secret),
  ]);
}

function refusal(what) {
  return new UsageFailure(
    `${what}, and credentials are taken from the environment only: arguments are seen by other programs and kept by shells`,
    "Set VIEWCOMFY_CLIENT_ID and VIEWCOMFY_CLIENT_SECRET, or VIEWCOMFY_TOKEN, and replace a secret that was typed here.",
  );
}

/** The name of an argument that looks like a credential, never its value. */
function nameOf(arg) {
  const [name] = arg.split(/[=:\s]/, 1);
  const isOption = name.startsWith("-");
  if (name.includes("-inputs-") || (!isOption && name === arg)) return null;
  return SECRET_NAMES.test(name.toLowerCase().replace(/[-_]/g, "")) && name.length < 60 ? name : null;
}

function secrets() {
  const { VIEWCOMFY_CLIENT_SECRET, VIEWCOMFY_TOKEN } = process.env;
  const given = [VIEWCOMFY_CLIENT_SECRET ?? "", VIEWCOMFY_TOKEN ?? ""];
  return given.filter(({ length }) => length >= SHORTEST);
}
