// Runs a contender in the page, times it, and checks its files afterwards.

import { checkFile } from "../../tests/support/large-content.js";
import { CONTENDERS } from "../contenders/index.js";

/** The files of the last run. @type {Blob[]} */
let files = [];

/** Runs before any timing. */
export const prepare = (name) => CONTENDERS[name].prepare?.();

/** @returns {Promise<number>} milliseconds from the call to the last file */
export async function receive(name, url) {
  drop();
  const start = performance.now();
  files = await CONTENDERS[name].receive(url);
  return performance.now() - start;
}

/** The same, with a log whose lines are counted. */
export async function receiveLogs(name, url, count) {
  drop();
  let lines = 0;
  const start = performance.now();
  files = await CONTENDERS[name].receive(url, () => {
    lines += 1;
  });
  const ms = performance.now() - start;
  if (CONTENDERS[name].makes !== "nothing" && lines !== count)
    throw new Error(`received ${lines} of ${count} log lines`);
  return ms;
}

/** Releases the files, so that the browser can reuse their memory. */
export function drop() {
  files = [];
}

/** Throws unless the last run's files can be read and are correct. */
export async function verify(name, outputs, bytes) {
  const { makes } = CONTENDERS[name];
  if (makes === "nothing") return;
  try {
    if (makes === "body") await checkBody(files[0]);
    else await checkOutputs(outputs, bytes);
  } catch (error) {
    const why = error instanceof DOMException ? error.name : error;
    throw new Error(`its file cannot be read or is wrong: ${why}`);
  }
}

/** A stream of events ends in a blank line. */
async function checkBody(file) {
  const end = await file.slice(-4).text();
  if (end !== "\r\n\r\n") throw new Error("it does not end as the body does");
}

async function checkOutputs(outputs, bytes) {
  if (files.length !== outputs) throw new Error(`${files.length} of ${outputs} outputs`);
  for (const [index, file] of files.entries()) await checkFile(file, index, bytes);
}
