// Lists the examples of the documentation's guides and makes runnable files of them.

import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const guides = fileURLToPath(new URL("../../docs/site/guide/", import.meta.url));
const BLOCK = /^```(\w+)[^\n]*\n(.*?)^```$/gms;
/** A block that is a file has its name in the first line. */
const FILE_NAME = /^(?:\/\/|#) (\S+\.\w+)$/;
/** Addresses that a page would resolve, at the start of a string; Node has no page. */
const RELATIVE = /(?<=["`])\/(?=api\/|assets\/|[\w-]+\.json\b)/g;

/** The names of all guides. */
export function guideNames() {
  return readdirSync(guides)
    .filter((name) => name.endsWith(".md"))
    .map((name) => basename(name, ".md"));
}

/**
 * The blocks of a guide, in order. Those in a programming language without a file name form one program together: a
 * reader continues where the block before ended.
 *
 * @returns {{ guide: string, lang: string, code: string, file: string | null, name: string }[]}
 *   `name` is the file's, or the first line
 */
export function blocksOf(guide) {
  const text = readFileSync(join(guides, `${guide}.md`), "utf8");
  return [...text.matchAll(BLOCK)].map(([, lang, code]) => {
    const [first] = code.split("\n");
    const file = FILE_NAME.exec(first)?.[1] ?? null;
    return { guide, lang, code, file, name: file ?? first };
  });
}

/** The code that a reader ends up with: in a diff, the new side. */
export function codeOf({ lang, code }) {
  if (lang !== "diff") return code;
  const lines = code.split("\n").filter((line) => !line.startsWith("-"));
  return lines.map((line) => line.slice(2)).join("\n");
}

/** The same code with absolute addresses. */
export function withAddresses(code, base) {
  return code.replace(RELATIVE, `${base}/`);
}
