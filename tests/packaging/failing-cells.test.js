// A cell that fails early fails with all that it started ended, so that its test's process ends, too.

import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { appsDirectory } from "../../scripts/packaging.js";
import { runToEnd } from "./support/processes.js";

const FAILING = {
  "a worker that throws as it starts": 'startWorker(directory, "throws.js", {})',
  "a worker that is not there": 'startWorker(directory, "nothing.js", {})',
  "a server that ends before it listens": 'startServer(process.execPath, ["throws.js"], { cwd: directory })',
  "a program that is not there": 'startServer("./nothing", [], { cwd: directory })',
};
for (const [what, start] of Object.entries(FAILING)) {
  test(`${what} leaves nothing running`, async () => {
    const directory = join(appsDirectory, "failing", what.replaceAll(" ", "-"));
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, "package.json"), '{ "type": "module" }');
    writeFileSync(join(directory, "throws.js"), 'throw new Error("this fails");');
    const program = join(directory, "starts.js");
    writeFileSync(program, starting(directory, start));
    const failed = await runToEnd(program, [], { cwd: directory });
    assert.match(failed, /this fails|nothing/);
  });
}

/** A program that starts something and tells how that failed. It ends when nothing runs any more. */
function starting(directory, start) {
  const from = (name) => JSON.stringify(new URL(`./support/${name}`, import.meta.url).href);
  return `
    import { startServer } from ${from("processes.js")};
    import { startWorker } from ${from("worker.js")};
    const directory = ${JSON.stringify(directory)};
    const failed = await ${start}.then(() => "it did not fail", (error) => error.message);
    console.log(failed);
  `;
}
