// Files in and out of the command line: what cannot be read, what is replaced as a whole, pipes, stdin without an end.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";

import init, { flattenWorkflowToJson } from "../../pkg/node.js";
import { assertBlock, cli, fixture, ownDirectory, PROGRAM, startCli } from "../support/cli.js";
import { rejected } from "../support/workflows.js";

const UPSCALE = fixture("workflows/upscale.json");

before(() => init());

describe("files", () => {
  test("what is not a workflow is refused as the library says, with line and column", async (context) => {
    const directory = ownDirectory(context);
    for (const { file, bytes, code, line, column } of rejected) {
      // The command line converts the editor's format: cli-editor.test.js.
      if (code === "editor_workflow") continue;
      const path = join(directory, file);
      writeFileSync(path, bytes);
      const told = await cli(["params", path]);
      assert.equal(told.code, 4, file);
      assert.ok(/Code: (\w+)\n$/.test(told.err), told.err);
      const isText = /^\ufeff?\s*[{[]/.test(bytes.toString("utf8").slice(0, 4096));
      if (!isText) continue;
      assertBlock(told, 4, code);
      if (line !== undefined)
        assert.match(told.err, new RegExp(`line ${line}, column ${column ?? ""}`), file);
    }
  });

  test("what is not there, may not be read, or is a directory", async (context) => {
    const directory = ownDirectory(context);
    assertBlock(await cli(["params", join(directory, "none.json")]), 4, "file");
    assertBlock(await cli(["params", directory]), 4, "file");
    assertBlock(await cli(["params", UPSCALE, "-o", join(directory, "none", "a.json")]), 4, "file");
    assertBlock(await cli(["params", UPSCALE, "-o", directory]), 4, "file");
    assertBlock(await cli(["params", fixture("found/none/plain.jpg")]), 4, "no_workflow");
    assert.deepEqual(readdirSync(directory), []);
  });

  test("an output replaces a file as a whole, keeps its mode, and follows a link", async (context) => {
    const directory = ownDirectory(context);
    const [file, link] = [join(directory, "a.json"), join(directory, "b.json")];
    writeFileSync(file, "x".repeat(1_000_000));
    chmodSync(file, 0o640);
    symlinkSync(file, link);
    const { code } = await cli(["params", UPSCALE, "-o", link]);
    assert.equal(code, 0);
    assert.equal(readFileSync(file, "utf8"), flattenWorkflowToJson(readFileSync(UPSCALE), 4));
    assert.equal(statSync(file).mode & 0o777, 0o640);
    assert.deepEqual(readdirSync(directory).sort(), ["a.json", "b.json"]);
  });

  test("a failure leaves the output as it was", async (context) => {
    const file = join(ownDirectory(context), "a.json");
    writeFileSync(file, "before");
    assert.equal((await cli(["params", "-", "-o", file], { input: "{" })).code, 4);
    assert.equal(readFileSync(file, "utf8"), "before");
  });

  test("an output that cannot be written leaves no part of it", async (context) => {
    const directory = join(ownDirectory(context), "closed");
    mkdirSync(directory, { mode: 0o500 });
    const told = await cli(["params", UPSCALE, "-o", join(directory, "a.json")]);
    // Root may write everywhere.
    if (process.getuid?.() !== 0) assertBlock(told, 4, "file");
    assert.deepEqual(
      readdirSync(directory).filter((name) => name.endsWith(".part")),
      [],
    );
  });

  test("the file that is read is not written over", async (context) => {
    const file = join(ownDirectory(context), "a.json");
    writeFileSync(file, readFileSync(UPSCALE));
    for (const command of ["params", "types", "convert"]) {
      assertBlock(await cli([command, file, "-o", file]), 3, "usage");
    }
    assert.deepEqual(readFileSync(file), readFileSync(UPSCALE));
  });

  test("a pipe is written to, and not replaced", { skip: process.platform === "win32" }, async () => {
    const wrap = ["sh", "-c", '"$@" | cat', "sh"];
    const { code, out } = await cli(["params", UPSCALE, "-o", "/dev/stdout"], { wrap });
    assert.deepEqual([code, out], [0, flattenWorkflowToJson(readFileSync(UPSCALE), 4)]);
  });

  test("a link that leads nowhere is followed, and not replaced", async (context) => {
    const directory = ownDirectory(context);
    const [link, behind] = [join(directory, "link.json"), join(directory, "behind.json")];
    symlinkSync(behind, link);
    const { code } = await cli(["params", UPSCALE, "-o", link]);
    assert.equal(code, 0);
    assert.ok(lstatSync(link).isSymbolicLink());
    assert.equal(readFileSync(behind, "utf8"), flattenWorkflowToJson(readFileSync(UPSCALE), 4));
    symlinkSync(join(directory, "nowhere", "file.json"), join(directory, "lost.json"));
    const lost = await cli(["params", UPSCALE, "-o", join(directory, "lost.json")]);
    assertBlock(lost, 4, "file");
    assert.ok(lstatSync(join(directory, "lost.json")).isSymbolicLink());
  });

  test("a reader that goes away ends it quietly", async () => {
    const nodes = Array.from(
      { length: 40_000 },
      (_, at) => `"${at}": {"class_type": "A", "inputs": {"b": ${at}}}`,
    );
    const { child, done } = startCli(["params", "-"], { input: `{${nodes.join()}}` });
    child.stdout.once("data", () => child.stdout.destroy());
    const { code, err } = await done;
    assert.deepEqual([code, err], [141, ""]);
  });

  test("a file that never ends is given up", { skip: process.platform === "win32" }, async () => {
    const source = spawn("sh", ["-c", `exec tr '\\0' ' ' < /dev/zero`], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    const { child, done } = startCliReading(source.stdout);
    const { code, err } = await done;
    source.kill("SIGKILL");
    assert.equal(child.exitCode, code);
    assert.equal(code, 4);
    assert.match(err, /"stdin" is larger than 256 MB/);
  });
});

/** The command with a stream as its stdin. */
function startCliReading(stream) {
  const child = spawn(process.execPath, [PROGRAM, "params", "-"], { stdio: ["pipe", "ignore", "pipe"] });
  child.stdin.on("error", () => stream.destroy());
  stream.pipe(child.stdin);
  let err = "";
  child.stderr.on("data", (chunk) => (err += chunk));
  const done = new Promise((resolve) => child.on("close", (code) => resolve({ code, err })));
  return { child, done };
}
