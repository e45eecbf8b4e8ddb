// Files on their way into the server's input folder.

import { headersOf, newBoundary } from "../route/form.js";
import { pulled } from "../route/pulled.js";
import { Refusal } from "../route/refusal.js";
import { unexpected } from "./server.js";

/** Path separators, what some file systems refuse, and the brackets that ComfyUI reads a folder from. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const UNSAFE = /[\x00-\x1f\x7f/\\:*?"<>|[\]]/g;
const MAX_STEM = 60;
const EXTENSION = /\.[a-z0-9]{1,12}$/i;
const encoder = new TextEncoder();

/** @typedef {{ name: string, subfolder: string, type: string }} Uploaded where the server put a file */

/**
 * Uploads a file, streamed. The server gives it another name where another file has its own.
 *
 * @param {import("./server.js").ComfyServer} server
 * @param {import("./server.js").Call} call
 * @param {{ filename: string, type?: string, content: AsyncIterable<Uint8Array> | Iterable<Uint8Array> }} file
 * @returns {Promise<Uploaded>}
 */
export function uploadFile(server, call, { filename, type, content }) {
  return uploaded(server, call, "/upload/image", { filename, type, content, fields: { type: "input" } });
}

/**
 * Uploads a mask. The server makes a copy of its picture that has the mask's transparency.
 *
 * @param {import("./server.js").ComfyServer} server
 * @param {import("./server.js").Call} call
 * @param {Uint8Array} png
 * @param {Uploaded} picture
 */
export function uploadMask(server, call, png, { name, subfolder, type }) {
  const original = JSON.stringify({ filename: name, subfolder, type });
  const fields = { type: "input", original_ref: original };
  const filename = `${name.replace(EXTENSION, "")}-masked.png`;
  return uploaded(server, call, "/upload/mask", { filename, type: "image/png", content: [png], fields });
}

async function uploaded(server, call, path, { filename, type, content, fields }) {
  const boundary = newBoundary();
  const pieces = formOf(boundary, { filename: safeName(filename), type, content, fields });
  const response = await server.ask(path, call, {
    method: "POST",
    headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
    body: pulled(pieces, () => pieces.return(undefined)),
  });
  const text = await call.ending.for(response.text());
  if (response.status === 413)
    throw new Refusal("too_large", "A file is larger than the ComfyUI server takes (its --max-upload-size).");
  if (response.status !== 200) throw unexpected(response.status);
  const { name, subfolder = "", type: folder = "input" } = JSON.parse(text);
  return { name, subfolder, type: folder };
}

async function* formOf(boundary, { filename, type, content, fields }) {
  const begin = (part) => encoder.encode(`--${boundary}\r\n${headersOf(part)}\r\n`);
  for (const [name, value] of Object.entries(fields)) {
    yield begin({ name });
    yield encoder.encode(`${value}\r\n`);
  }
  yield begin({ name: "image", filename, type });
  for await (const bytes of content) yield bytes;
  yield encoder.encode(`\r\n--${boundary}--\r\n`);
}

/** A name that every file system takes, and that no node reads anything else from. */
function safeName(filename) {
  const cleaned = filename.replace(UNSAFE, "_").replace(/^[. ]+/, "");
  const extension = EXTENSION.exec(cleaned)?.[0] ?? "";
  const stem = [...cleaned.slice(0, cleaned.length - extension.length)].slice(0, MAX_STEM).join("").trim();
  return `${stem || "file"}${extension}`;
}

/** What a node's input says of an uploaded file. @param {Uploaded} file */
export function inputValueOf({ name, subfolder, type }) {
  const path = subfolder ? `${subfolder}/${name}` : name;
  return type === "input" ? path : `${path} [${type}]`;
}

/** The file that a node's input names. @returns {Uploaded} */
export function fileOfInput(value) {
  const annotated = /^(.+) \[(input|output|temp)\]$/s.exec(value);
  const path = annotated ? annotated[1] : value;
  const cut = path.lastIndexOf("/");
  return {
    name: path.slice(cut + 1),
    subfolder: path.slice(0, Math.max(cut, 0)),
    type: annotated?.[2] ?? "input",
  };
}
