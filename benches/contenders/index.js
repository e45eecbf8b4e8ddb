// The contenders by name, as the tables call them.

import * as bestJavaScript from "./best-javascript.js";
import * as floor from "./floor.js";
import * as limit from "./limit.js";
import * as ours from "./ours.js";
import * as reference from "./reference.js";

/**
 * @typedef {object} Contender
 * @property {(url: string, onLog?: (line: string) => void) => Promise<Blob[]>} receive
 * @property {() => Promise<void>} [prepare] runs before any timing
 * @property {"outputs" | "body" | "nothing"} makes what its files contain
 */

/** @type {Record<string, Contender>} */
export const CONTENDERS = {
  limit: { ...limit, makes: "nothing" },
  "floor (chunks)": { receive: floor.chunks, makes: "body" },
  "floor (blobs)": { receive: floor.blobs, makes: "body" },
  "floor (stream)": { receive: floor.stream, makes: "body" },
  ours: { ...ours, makes: "outputs" },
  "best JavaScript": { ...bestJavaScript, makes: "outputs" },
  reference: { ...reference, makes: "outputs" },
};
