// The files with and without a workflow that the tests drop on the page.

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../fixtures/found/", import.meta.url));
const fixtures = fileURLToPath(new URL("../fixtures/", import.meta.url));

const TYPES = {
  png: "image/png",
  webp: "image/webp",
  avif: "image/avif",
  jpg: "image/jpeg",
  gif: "image/gif",
  bmp: "image/bmp",
  svg: "image/svg+xml",
  mp4: "video/mp4",
  mov: "video/quicktime",
  webm: "video/webm",
  flac: "audio/flac",
  opus: "audio/ogg",
  mp3: "audio/mpeg",
  txt: "text/plain",
  json: "application/json",
};

/** `{ name, type, bytes }` of a file of `tests/fixtures/found/`; browsers have no type for some kinds. */
export function found(name) {
  return { name: name.replace("none/", ""), type: typeOf(name), bytes: readFileSync(`${folder}${name}`) };
}

/** The same for any file of `tests/fixtures/`. */
export function fixture(path) {
  return { name: path.split("/").at(-1), type: typeOf(path), bytes: readFileSync(`${fixtures}${path}`) };
}

/** The names of the files without a workflow. */
export const withoutWorkflow = readdirSync(`${folder}none`).map((name) => `none/${name}`);

function typeOf(name) {
  return TYPES[name.split(".").at(-1)] ?? "";
}
