// The workflow files that tests read, and a JSON parser that is independent of the package.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";

const fixtures = fileURLToPath(new URL("../fixtures/", import.meta.url));
const shared = fileURLToPath(new URL("../../../shared/workflows/", import.meta.url));

/** The directory of the workflows beside the project; null if it does not exist. */
export const sharedWorkflows = existsSync(shared) ? shared : null;

/** `{ name, bytes, text, flat }` of every workflow fixture that always runs. */
export const ownWorkflows = [...read(`${fixtures}workflows/`), ...read(`${fixtures}wrappers/`)];

/** The same, including those beside the project. */
export const allWorkflows = sharedWorkflows ? [...ownWorkflows, ...read(sharedWorkflows)] : ownWorkflows;

/** One fixture by its name. */
export function workflow(name) {
  const found = ownWorkflows.find((each) => each.name === name);
  if (!found) throw new Error(`unknown fixture ${name}`);
  return found;
}

/** `{ file, bytes, code, words, line?, column? }` of every file that is not a workflow. */
export const rejected = JSON.parse(readFileSync(`${fixtures}rejected/cases.json`, "utf8")).map((each) => ({
  ...each,
  bytes: readFileSync(`${fixtures}rejected/${each.file}`),
}));

/** `{ name, bytes, events, retry? }` of every event stream case. */
export const eventStreams = JSON.parse(readFileSync(`${fixtures}sse/cases.json`, "utf8")).map(
  ({ base64, text, ...each }) => ({
    ...each,
    bytes: base64 === undefined ? Buffer.from(text, "utf8") : Buffer.from(base64, "base64"),
  }),
);

function read(directory) {
  return readdirSync(directory)
    .filter((file) => file.endsWith(".json"))
    .map((file) => {
      const name = basename(file, ".json");
      const bytes = readFileSync(`${directory}${file}`);
      const flat = readFileSync(`${directory}expected/${name}.flat.json`, "utf8");
      return { name, bytes, text: bytes.toString("utf8"), flat };
    });
}

const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const BIG = "\u0000big:";

/** `JSON.parse` that returns integers beyond 2^53 − 1 as bigint. */
export function parseExact(text) {
  const marked = text.replace(TOKENS, (token) => {
    if (!/^-?\d+$/.test(token) || Number.isSafeInteger(Number(token))) return token;
    return JSON.stringify(BIG + token);
  });
  return JSON.parse(marked, (_key, value) =>
    typeof value === "string" && value.startsWith(BIG) ? BigInt(value.slice(BIG.length)) : value,
  );
}

/** JSON text without the whitespace between its tokens. */
export function compacted(text) {
  return text.replace(/"(?:[^"\\]|\\.)*"|\s+/g, (token) => (token.startsWith('"') ? token : ""));
}
