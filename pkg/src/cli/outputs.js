// Saves outputs. Their names come from a server: they stay in the directory, replace nothing, and no half file is left.

import { randomBytes } from "node:crypto";
import { constants, createWriteStream } from "node:fs";
import { access, copyFile, link, mkdir, rm } from "node:fs/promises";
import { extname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

import { withoutSecrets } from "./credentials.js";
import { CliFailure, EXIT } from "./failure.js";
import { onFile } from "./files.js";

const MAX_NAME = 160;
const MAX_STEM = 100_000;
/** More of a name is not even looked at; a server may send a megabyte. */
const MAX_READ = 1_000;
const DOT_OR_SPACE = /[.\s]/;
/** Names that Windows keeps for devices. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a file name must not have.
const UNFIT = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff<>:"|?*]/g;

/** Makes the directory, before a run is paid for whose outputs could not be kept. */
export async function prepareDirectory(directory) {
  await onFile(directory, "used for the outputs", async () => {
    await mkdir(directory, { recursive: true });
    await access(directory, constants.W_OK | constants.X_OK);
  });
}

/**
 * @param {import("viewcomfy-wasm").Output} output
 * @param {string} directory
 * @param {AbortSignal} signal
 * @returns {Promise<string>} the path it was saved to
 */
export async function saveOutput(output, directory, signal) {
  const content = output.file ? output.file.stream() : await download(output.url, signal);
  const partial = join(directory, `.viewcomfy-${randomBytes(8).toString("hex")}.part`);
  try {
    return await onFile(directory, "written to", async () => {
      await pipeline(
        Readable.fromWeb(/** @type {any} */ (content)),
        createWriteStream(partial, { flags: "wx" }),
        { signal },
      );
      return await place(partial, directory, safeName(output.filename));
    });
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (isOfTheNetwork(error)) throw brokenLink("the connection broke", error);
    throw error;
  } finally {
    await rm(partial, { force: true });
  }
}

/** The last part of a name, without secrets and without what a file system or a terminal takes for something else. */
export function safeName(filename) {
  const safe = withoutSecrets(filename);
  const last = safe.slice(Math.max(safe.lastIndexOf("/"), safe.lastIndexOf("\\")) + 1);
  const clean = withoutDotsAround(shortened(last).normalize("NFC").replace(UNFIT, "_"));
  const ending = extname(clean).slice(0, 20);
  const short = cutBytes(clean.slice(0, clean.length - extname(clean).length), MAX_NAME) + ending;
  if (short === "" || short === ending) return `output${ending}`;
  return DEVICE.test(short) ? `_${short}` : short;
}

/** The beginning, and the end with the file's ending. */
function shortened(name) {
  return name.length > 2 * MAX_READ ? name.slice(0, MAX_READ) + name.slice(-MAX_READ) : name;
}

/** Without dots and white space at both ends, which file systems hide or drop. */
function withoutDotsAround(name) {
  let [start, end] = [0, name.length];
  while (start < end && DOT_OR_SPACE.test(name[start])) start += 1;
  while (start < end && DOT_OR_SPACE.test(name[end - 1])) end -= 1;
  return name.slice(start, end);
}

/** Whole letters of a name, up to so many bytes. */
function cutBytes(name, most) {
  let kept = "";
  for (const letter of name.toWellFormed?.() ?? name) {
    if (Buffer.byteLength(kept + letter) > most) break;
    kept += letter;
  }
  return kept;
}

/** A complete file gets its name in one step; a name that is taken is left alone, and the next number tried. */
async function place(partial, directory, name) {
  const ending = extname(name);
  const stem = name.slice(0, name.length - ending.length);
  for (let number = 1; number < MAX_STEM; number += 1) {
    const path = join(directory, number === 1 ? name : `${stem} (${number})${ending}`);
    try {
      await give(partial, path);
      return path;
    } catch (error) {
      if (/** @type {any} */ (error).code !== "EEXIST") throw error;
    }
  }
  throw new CliFailure(
    "file",
    "there are too many files of one name",
    "Choose another directory with --out.",
  );
}

async function give(partial, path) {
  try {
    await link(partial, path);
  } catch (error) {
    if (/** @type {any} */ (error).code === "EEXIST") throw error;
    // Some file systems have no hard links.
    await copyFile(partial, path, constants.COPYFILE_EXCL);
  }
}

async function download(url, signal) {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw brokenLink("it is not a web address");
  try {
    // Without our credentials: a link has its own.
    const response = await fetch(url, { signal });
    if (response.ok && response.body) return response.body;
    await response.body?.cancel();
    throw brokenLink(`the server responded with HTTP ${response.status}`);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw error instanceof CliFailure ? error : brokenLink("the server could not be reached", error);
  }
}

function isOfTheNetwork(error) {
  return error instanceof TypeError || /^(?:UND_|ECONN|EPIPE)/.test(error?.code ?? error?.cause?.code ?? "");
}

function brokenLink(why, cause) {
  const failure = new CliFailure(
    "download",
    `an output's link could not be downloaded: ${why}`,
    "The link may have expired: open it in a browser (--json shows it), or run again.",
    EXIT.run,
  );
  failure.cause = cause;
  return failure;
}
