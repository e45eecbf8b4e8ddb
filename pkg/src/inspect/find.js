// `findWorkflow`: reads the parts of a file that the search in the wasm asks for.

import { ViewComfyError } from "../errors.js";
import { optionsOf, wrongType } from "../options.js";
import { Finder } from "../viewcomfy_inspect.js";
import { FindOptions } from "./option-names.js";

/** See inspect.d.ts. */
export async function findWorkflow(file, options) {
  const { promptId } = optionsOf(options, FindOptions, "findWorkflow");
  const run = promptId ?? undefined;
  if (run !== undefined && typeof run !== "string") throw wrongType("promptId", "a string", run);
  const { size, read } = sourceOf(file);
  const finder = new Finder(size, run);
  try {
    for (;;) {
      // A place and a length, compressed bytes and a limit, or at last what was found alone.
      const [what, count] = finder.step();
      if (count === undefined) return what;
      if (typeof what === "number") finder.give(await read(what, count));
      else finder.giveInflated(await inflate(what, count));
    }
  } finally {
    finder.free();
  }
}

/**
 * How many bytes there are, and a way to read some of them. A file may come from another realm, so what it can do counts.
 *
 * @param {any} file
 * @returns {{ size: number, read: (at: number, length: number) => Promise<Uint8Array> | Uint8Array }}
 */
function sourceOf(file) {
  if (typeof file?.slice === "function" && typeof file.arrayBuffer === "function") {
    const read = async (at, length) => new Uint8Array(await file.slice(at, at + length).arrayBuffer());
    return { size: file.size, read };
  }
  const bytes = bytesOf(file);
  return { size: bytes.length, read: (at, length) => bytes.subarray(at, at + length) };
}

function bytesOf(file) {
  if (ArrayBuffer.isView(file)) return new Uint8Array(file.buffer, file.byteOffset, file.byteLength);
  if (Object.prototype.toString.call(file) === "[object ArrayBuffer]") return new Uint8Array(file);
  const expected = "a File, a Blob, a Uint8Array or an ArrayBuffer";
  throw new ViewComfyError("invalid_param", `file must be ${expected}`, { key: "file" });
}

/**
 * What is compressed in `zlib`, by the browser's own code. Undefined when that is not a zlib stream, or when more than
 * `limit` bytes come out of it: a few kilobytes may hold gigabytes.
 *
 * @param {Uint8Array<ArrayBuffer>} zlib
 * @param {number} limit
 */
async function inflate(zlib, limit) {
  const chunks = [];
  let size = 0;
  try {
    const reader = new Blob([zlib]).stream().pipeThrough(new DecompressionStream("deflate")).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > limit) {
        await reader.cancel();
        return undefined;
      }
      chunks.push(value);
    }
  } catch {
    return undefined;
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
