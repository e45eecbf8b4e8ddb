// Texts that once held a process for seconds or hours: each is read in a process of its own, which is ended when it hangs.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

/** What is read in one pass is done in milliseconds; the rest is a busy machine's. */
const PATIENCE_MS = 60_000;
const at = (path) => JSON.stringify(new URL(`../../pkg/src/${path}`, import.meta.url).href);

/** What the program writes, or that it did not come to an end. */
function told(program) {
  const { stdout, stderr, signal } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    encoding: "utf8",
    timeout: PATIENCE_MS,
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
  });
  assert.equal(signal, null, "it did not come to an end");
  assert.equal(stderr, "");
  return stdout;
}

const reading = (header) => `
  import { MultipartReader } from ${at("route/multipart.js")};
  const reader = new MultipartReader("b");
  const form = "--b\\r\\n" + ${header} + "\\r\\n\\r\\n\\r\\n--b--\\r\\n";
  try {
    for (const _ of reader.feed(new TextEncoder().encode(form)));
    console.log("read");
  } catch (error) {
    console.log(error.code, error.message);
  }`;

test("a part's header of spaces and a character that ends lines elsewhere", () => {
  for (const end of ["\\u2028", "\\u2029", "\\u0085"])
    assert.equal(
      told(reading(`"x:" + " ".repeat(4000) + "${end}"`)),
      "invalid_body The form cannot be read: a part's headers cannot be read.\n",
    );
});

test("1.5 MB of parts with 7,500 spaces each", () => {
  const part = `'content-disposition: form-data; name="1-inputs-a"\\r\\nx: a' + " ".repeat(7500) + "b\\r\\n\\r\\nvalue"`;
  const program = reading(`Array(200).fill(${part}).join("\\r\\n--b\\r\\n")`);
  assert.equal(told(program), "read\n");
});

test("an output's name of a megabyte", () => {
  const names = [
    '". ".repeat(500_000) + "x"',
    '"." + " .".repeat(500_000)',
    '"a" + "\\u0301\\u0323".repeat(250_000) + ".png"',
  ];
  const program = `
    import { safeName } from ${at("cli/outputs.js")};
    for (const name of [${names.join(", ")}]) console.log(Buffer.byteLength(safeName(name)) <= 180);`;
  assert.equal(told(program), "true\ntrue\ntrue\n");
});
