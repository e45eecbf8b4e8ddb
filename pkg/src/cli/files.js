// Files in and out: any file or stdin as a Blob, and results that are whole or not there.

import { randomBytes } from "node:crypto";
import { createReadStream, openAsBlob } from "node:fs";
import { lstat, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import { CliFailure, UsageFailure } from "./failure.js";
import { quoted, writeOut } from "./terminal.js";

/** What has no size beforehand is read into memory, up to here. */
const MAX_STREAM = 256 * 1024 * 1024;
const REASONS = {
  ENOENT: "there is no such file or directory",
  EACCES: "you may not use it",
  EPERM: "you may not use it",
  EISDIR: "it is a directory",
  ENOTDIR: "a part of its path is not a directory",
  ENOSPC: "the disk is full",
  EROFS: "the disk is read-only",
  ENAMETOOLONG: "its name is too long",
  EMFILE: "too many files are open",
};

/**
 * @param {string} path "-" is stdin
 * @returns {Promise<{ name: string, blob: Blob }>} of a file on disk only what is asked for is read
 */
export async function openInput(path) {
  if (path === "-") return { name: "stdin", blob: await readAll(process.stdin, "stdin") };
  const blob = await onFile(path, "read", async () => {
    const found = await stat(path);
    if (found.isDirectory()) throw Object.assign(new Error("directory"), { code: "EISDIR" });
    return found.isFile() ? await openAsBlob(path) : await readAll(createReadStream(path), path);
  });
  return { name: path, blob };
}

/**
 * Writes a text to a file, which is replaced as a whole, or to stdout.
 *
 * @param {string | undefined} path left out or "-" for stdout
 * @param {string} text
 */
export async function writeOutput(path, text) {
  if (path === undefined || path === "-") {
    await writeOut(process.stdout.isTTY && !text.endsWith("\n") ? `${text}\n` : text);
    return;
  }
  await onFile(path, "written", () => replaceFile(path, text));
}

/** Reading a file and writing another one to its place would lose it. */
export async function refuseSameFile(input, output) {
  if (output === undefined || output === "-" || input === "-") return;
  const [from, to] = await Promise.all([input, output].map((path) => realpath(path).catch(() => null)));
  if (from !== null && from === to) {
    throw new UsageFailure(`${quoted(output)} is also the input`, "Choose another name for the output.");
  }
}

/** Runs something on a file; what the system says against it becomes a sentence. */
export async function onFile(path, verb, work) {
  try {
    return await work();
  } catch (error) {
    const { code, syscall } = /** @type {any} */ (error);
    if (error instanceof CliFailure || (syscall === undefined && !(code in REASONS))) throw error;
    const reason = REASONS[code] ?? `the system says ${code}`;
    throw new CliFailure(
      "file",
      `${quoted(path)} cannot be ${verb}: ${reason}`,
      "Check the path and its permissions.",
    );
  }
}

async function replaceFile(path, text) {
  const target = await realpath(path).catch(() => path);
  const there = await stat(target).catch(() => null);
  // A link that leads nowhere is followed, never replaced: /dev/stdout is one while stdout is closed.
  if (there === null && (await isLink(target))) return writeFile(target, text);
  if (there?.isDirectory()) throw Object.assign(new Error("directory"), { code: "EISDIR" });
  // A pipe or a device is written to; a file is replaced when the new one is complete.
  if (there && !there.isFile()) return writeFile(target, text);
  const partial = join(
    dirname(target),
    `.${basename(target).slice(0, 100)}.${randomBytes(6).toString("hex")}.part`,
  );
  try {
    await writeFile(partial, text, { flag: "wx", mode: there?.mode ?? 0o666 });
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

async function isLink(path) {
  const found = await lstat(path).catch(() => null);
  return found?.isSymbolicLink() ?? false;
}

async function readAll(stream, name) {
  const chunks = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > MAX_STREAM) throw tooLarge(name);
    chunks.push(chunk);
  }
  return new Blob(chunks);
}

/** @param {string} name */
export function tooLarge(name) {
  const limit = MAX_STREAM / 1024 / 1024;
  return new CliFailure("too_large", `${quoted(name)} is larger than ${limit} MB`, "Is it the right file?");
}

/** The bytes of a Blob that is read as a whole. */
export async function bytesOf({ name, blob }) {
  if (blob.size > MAX_STREAM) throw tooLarge(name);
  return new Uint8Array(await blob.arrayBuffer());
}
