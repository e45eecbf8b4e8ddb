// A server's object_info, from a file or by its address.

import { refuseCredentialsIn } from "./credentials.js";
import { CliFailure, EXIT } from "./failure.js";
import { bytesOf, openInput } from "./files.js";
import { inspection } from "./library.js";
import { oneLine, painter, quoted, writeError } from "./terminal.js";

const PATIENCE_MS = 60_000;
/** Of so many classes that could not be read the names are told. */
const MAX_NAMES = 10;
const MAX = 256 * 1024 * 1024;

/** The option, for the commands that have it. */
export const OBJECT_INFO = { "object-info": { type: "string" } };

/**
 * @param {string | undefined} source a path, an address, or "-" for stdin
 * @returns {Promise<import("viewcomfy-wasm/inspect").NodeDefinitions | undefined>}
 */
export async function readDefinitions(source) {
  if (source === undefined) return undefined;
  const { NodeDefinitions } = await inspection();
  const bytes = /^https?:/i.test(source)
    ? await download(addressOf(source))
    : await bytesOf(await openInput(source));
  const definitions = new NodeDefinitions(bytes);
  await tellUnreadable(definitions.unreadable);
  return definitions;
}

/** @param {string[]} names of the classes that could not be read */
async function tellUnreadable(names) {
  if (names.length === 0) return;
  const shown = names.slice(0, MAX_NAMES).map((name) => oneLine(name, 80));
  const more = names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : "";
  const what = "the server's definitions of these classes cannot be read, so their nodes are not checked";
  await writeError(`${painter(process.stderr)("yellow", "warning")}: ${what}: ${shown.join(", ")}${more}\n`);
}

/** A server's own address is enough. */
function addressOf(source) {
  if (!URL.canParse(source)) throw failure(`${quoted(source)} is not an address`);
  const url = new URL(source);
  refuseCredentialsIn(url, "the address of --object-info");
  if (url.pathname === "/") url.pathname = "/object_info";
  return url;
}

async function download(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!response.ok) throw failure(`${oneLine(url)} responded with HTTP ${response.status}`);
    return await bytesUpTo(MAX, response, url);
  } catch (error) {
    if (error instanceof CliFailure) throw error;
    const { cause, message } = /** @type {any} */ (error);
    throw failure(`${oneLine(url)} could not be read: ${oneLine(cause?.code ?? cause?.message ?? message)}`);
  }
}

async function bytesUpTo(limit, response, url) {
  const chunks = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > limit) throw failure(`${oneLine(url)} responded with more than ${limit / 1024 / 1024} MB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function failure(message) {
  return new CliFailure(
    "object_info",
    message,
    "Is ComfyUI running there? Its definitions are at /object_info.",
    EXIT.run,
  );
}
