// The command line as a whole: help, mistakes, credentials, files in and out, inspect and convert.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import initInspect, { findWorkflow, inspectWorkflow, toApiFormat } from "../../pkg/inspect-node.js";
import init, { flattenWorkflowToJson } from "../../pkg/node.js";
import { cli, fixture, ownDirectory, startCli } from "../support/cli.js";
import { parseExact, rejected } from "../support/workflows.js";

const COMMANDS = ["run", "types", "params", "inspect", "convert"];
const PROGRAM = fileURLToPath(new URL("../../pkg/cli.js", import.meta.url));
const UPSCALE = fixture("workflows/upscale.json");
const OBJECT_INFO = fixture("definitions/object_info.json");
const BROKEN = '{"1": {"class_type": "A", "inputs": {"a": ["9", 0]}}}';
const SECRET = "a-secret-that-nobody-should-see";

before(() => Promise.all([init(), initInspect()]));

/** A failure as one block: sentence, advice, code; and no stack trace. */
function assertBlock({ code, out, err }, exitCode, name) {
  assert.equal(code, exitCode, err);
  assert.equal(out, "");
  assert.match(err, /^error: .+\n( {2}.+\n)* {2}What to do: .+\n {2}Code: \w+\n$/);
  assert.match(err, new RegExp(` {2}Code: ${name}\n$`));
  assert.doesNotMatch(err, /\n\s+at |node:internal|wasm:\/\//);
}

describe("help", () => {
  test("for everything, on stdout", async () => {
    const texts = await Promise.all([["--help"], ["-h"], ["help"], []].map((args) => cli(args)));
    for (const { code, out, err } of texts) {
      assert.deepEqual([code, err, out], [0, "", texts[0].out]);
    }
    for (const command of COMMANDS) assert.match(texts[0].out, new RegExp(`^ {2}${command} `, "m"));
    assert.match(texts[0].out, /Exit codes: 0 done/);
  });

  for (const command of COMMANDS) {
    test(`for ${command}, with examples and every option`, async () => {
      const told = await cli([command, "--help"]);
      assert.deepEqual([told.code, told.err], [0, ""]);
      assert.match(told.out, /\nUsage: viewcomfy-wasm/);
      assert.match(told.out, /\nExamples:\n {2}viewcomfy-wasm/);
      assert.equal((await cli(["help", command])).out, told.out);
      assert.equal((await cli([command, "some", "-h"])).out, told.out);
      const longest = Math.max(...told.out.split("\n").map(({ length }) => length));
      assert.ok(longest <= 125, `${longest} columns`);
    });
  }

  test("names only options that there are", async () => {
    const named = await Promise.all(COMMANDS.map((command) => cli([command, "--help"])));
    for (const { out } of named) {
      const own = /Usage: viewcomfy-wasm (\w+)/.exec(out)?.[1] ?? "";
      for (const line of out.split("\n")) {
        const command = /^ *viewcomfy-wasm (\w+)/.exec(line)?.[1] ?? own;
        for (const [option] of line.matchAll(/(?<=\s)--[a-z-]+/g)) {
          if (option === "--help") continue;
          const { err } = await cli([command, `${option}=`, "no-such-file"]);
          assert.doesNotMatch(err, /has no option/, `${command} ${option}`);
        }
      }
    }
  });

  test("the version is the package's", async () => {
    const { version } = JSON.parse(readFileSync(fixture("../../pkg/package.json"), "utf8"));
    for (const option of ["--version", "-v"]) assert.equal((await cli([option])).out, `${version}\n`);
  });

  test("it can be started as a program", () => {
    assert.match(readFileSync(PROGRAM, "utf8"), /^#!\/usr\/bin\/env node\n/);
  });
});

describe("mistakes", () => {
  const cases = [
    [["pramas"], /no command "pramas"\n.*Did you mean "viewcomfy-wasm params"/],
    [["xyz"], /no command "xyz"\n {2}What to do: See "viewcomfy-wasm --help"/],
    [["help", "inspct"], /Did you mean "viewcomfy-wasm inspect"/],
    [["--json", "inspect"], /the command comes first/],
    [["params"], /the workflow's file is missing/],
    [["params", "a", "b"], /"b" is one argument too many/],
    [["params", "a", "--indnt", "4"], /has no option "--indnt"\n.*Did you mean --indent\?/],
    [["params", "a", "-x"], /has no option "-x"/],
    [["params", "a", "--indent"], /--indent needs a value/],
    [["params", "a", "-o", "--ascii"], /-o needs a value, and "--ascii" follows it/],
    [["params", "a", "--ascii=yes"], /--ascii takes no value/],
    [["params", "a", "--indent", "1", "--indent", "2"], /--indent is given twice/],
    [["params", "a", "--__proto__", "2"], /has no option "--__proto__"/],
    [["constructor"], /no command "constructor"/],
    [["convert", "a", "--dynamic-prompts", "some"], /--dynamic-prompts takes "first", "keep" or a seed/],
  ];
  for (const [args, words] of cases) {
    test(args.join(" "), async () => {
      const told = await cli(/** @type {string[]} */ (args));
      if (!args.includes("--json")) assertBlock(told, 3, "usage");
      assert.equal(told.code, 3);
      assert.match(told.err, /** @type {RegExp} */ (words));
    });
  }

  test("with --json a failure is one line of JSON", async () => {
    const { code, out, err } = await cli(["inspect", "-", "--json"], { input: '{"1": [}' });
    const { error } = JSON.parse(err);
    assert.deepEqual([code, out, err.split("\n").length], [4, "", 2]);
    assert.deepEqual(Object.keys(error), ["code", "message", "advice", "exitCode", "line", "column"]);
    assert.deepEqual([error.code, error.exitCode, error.line], ["invalid_workflow", 4, 1]);
  });

  test("a terminal is not steered by what is typed or read", async () => {
    const { err } = await cli(["params", "a\u001b[2Jb\u202ec\u0007.json"]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there.
    assert.doesNotMatch(err, /[\u0007\u001b\u202e]/);
    const title = JSON.stringify("\u001b]0;owned\u0007 title\nerror: fake");
    const input = `{"1": {"class_type": "A", "_meta": {"title": ${title}}, "inputs": {"seed": 1}}}`;
    const { out } = await cli(["inspect", "-"], { input });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there.
    assert.doesNotMatch(out, /[\u0007\u001b]|^error/m);
    assert.match(out, /\\u001b\]0;owned\\u0007 title error: fake/);
  });
});

describe("credentials in arguments", () => {
  const cases = [
    ["run", `--client-secret=${SECRET}`],
    ["run", "--client-secret", SECRET],
    ["run", "--token", SECRET],
    ["run", "--clientId", SECRET],
    ["run", "--api_key", SECRET],
    ["run", "-H", `client_secret: ${SECRET}`],
    ["run", "--header", `Authorization: Bearer ${SECRET}`],
    ["run", `VIEWCOMFY_CLIENT_SECRET=${SECRET}`],
    ["run", "--set", `client_secret=${SECRET}`],
    ["run", "--endpoint", `https://user:${SECRET}@example.org/`],
    ["run", "--endpoint", `https://example.org/?token=${SECRET}`],
    ["inspect", UPSCALE, "--object-info", `http://user:${SECRET}@127.0.0.1:1/`],
    [`--client-secret=${SECRET}`],
  ];
  for (const args of cases) {
    test(args.map((arg) => arg.replace(SECRET, "…")).join(" "), async () => {
      const told = await cli(args);
      assertBlock(told, 3, "usage");
      assert.match(told.err, /environment only/);
      assert.match(told.err, /Set VIEWCOMFY_CLIENT_ID and VIEWCOMFY_CLIENT_SECRET/);
      assert.ok(!told.err.includes(SECRET), told.err);
    });
  }

  test("an argument with the environment's own secret is refused as well", async () => {
    const env = { VIEWCOMFY_CLIENT_ID: "id", VIEWCOMFY_CLIENT_SECRET: SECRET };
    const told = await cli(["params", `x${SECRET}`], { env });
    assertBlock(told, 3, "usage");
    assert.ok(!told.err.includes(SECRET), told.err);
  });

  test("a parameter may be called a token", async () => {
    const endpoint = "http://127.0.0.1:9/";
    const { err } = await cli(["run", "--endpoint", endpoint, "--set", "6-inputs-token=abc"]);
    assert.match(err, /Code: network/);
  });
});

describe("files", () => {
  test("what is no workflow is refused as the library says, with line and column", async (context) => {
    const directory = ownDirectory(context);
    for (const { file, bytes, code, line, column } of rejected) {
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

describe("inspect", () => {
  test("ends with a code for the worst problem", async () => {
    const clean =
      '{"1": {"class_type": "SaveImage", "inputs": {"images": ["2", 0]}}, "2": {"class_type": "EmptyImage", "inputs": {"width": 64, "height": 64}}}';
    const cases = [
      [clean, 0],
      [BROKEN, 2],
    ];
    for (const [input, expected] of cases) {
      const { code, err } = await cli(["inspect", "-"], { input: `${input}` });
      assert.deepEqual([code, err], [expected, ""]);
    }
    const seen = new Set();
    for (const name of readdirSync(fixture("workflows")).filter((each) => each.endsWith(".json"))) {
      const { problems } = inspectWorkflow(readFileSync(fixture(`workflows/${name}`)));
      const severities = problems.map(({ severity }) => severity);
      const expected = severities.includes("error") ? 2 : severities.includes("warning") ? 1 : 0;
      seen.add(expected);
      assert.equal((await cli(["inspect", fixture(`workflows/${name}`)])).code, expected, name);
    }
    assert.deepEqual([...seen].sort(), [0, 1, 2]);
  });

  test("prints nodes, what may be set, models and problems", async () => {
    const { out } = await cli(["inspect", fixture("workflows/sd15_text_to_image.json")]);
    assert.match(out, /sd15_text_to_image\.json: API format; 7 nodes\n/);
    assert.match(
      out,
      /\n6 {2}CLIP Text Encode \(Positive\) \(CLIPTextEncode\)\n {4}6-inputs-text = "a lighthouse/,
    );
    assert.match(out, /\n9 {2}Save Image \(SaveImage\) \[output\]\n/);
    assert.match(out, /\nModels\n {2}checkpoints\/dreamshaper_8\.safetensors\n/);
    const broken = await cli(["inspect", "-"], { input: BROKEN });
    assert.match(broken.out, /\n {2}error: node 1, a: .+ \[link_to_missing_node\]\n {6}\S/);
  });

  test("reads every file that holds a workflow", async () => {
    const names = readdirSync(fixture("found")).filter((name) => /\.(?!py)\w+$/.test(name));
    assert.ok(names.length >= 20, `${names}`);
    for (const name of names) {
      const found = await findWorkflow(readFileSync(fixture(`found/${name}`)));
      const text = found?.prompt?.json ?? found?.workflow?.json ?? "";
      const { out, err } = await cli(["inspect", fixture(`found/${name}`), "--json"]);
      assert.deepEqual([plain(parseExact(out)), err], [plain(inspectWorkflow(text)), ""], name);
    }
  });

  test("looks at the canvas when asked to", async () => {
    const { out } = await cli(["inspect", fixture("found/text.png"), "--editor"]);
    assert.match(out, /text\.png: the editor's format, from iTXt chunk "workflow"; \d+ nodes\n/);
  });

  test("holds the workflow against a server's definitions, from a file and by address", async (context) => {
    const workflow = fixture("workflows/sd15_text_to_image.json");
    const expected = inspectWorkflow(readFileSync(workflow), { objectInfo: readFileSync(OBJECT_INFO) });
    const fromFile = await cli(["inspect", workflow, "--json", "--object-info", OBJECT_INFO]);
    assert.deepEqual(plain(parseExact(fromFile.out)), plain(expected));
    const asked = [];
    const server = createServer((request, response) => {
      asked.push(request.url);
      response.writeHead(request.url === "/object_info" ? 200 : 404).end(readFileSync(OBJECT_INFO));
    });
    context.after(() => server.close());
    await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
    const address = `http://127.0.0.1:${/** @type {any} */ (server.address()).port}`;
    const byAddress = await cli(["inspect", workflow, "--json", "--object-info", address]);
    assert.equal(byAddress.out, fromFile.out, byAddress.err);
    assert.deepEqual(asked, ["/object_info"]);
    assertBlock(await cli(["inspect", workflow, "--object-info", `${address}/other`]), 5, "object_info");
    assertBlock(await cli(["inspect", workflow, "--object-info", "http://127.0.0.1:9/"]), 5, "object_info");
    assertBlock(await cli(["inspect", workflow, "--object-info", workflow]), 4, "invalid_definitions");
  });
});

/** Without what JSON cannot tell apart. */
function plain(value) {
  return JSON.parse(JSON.stringify(value, (_key, each) => (typeof each === "bigint" ? `${each}n` : each)));
}

describe("convert", () => {
  test("gives the API format of an editor's file, and its warnings on stderr", async () => {
    const file = fixture("editor/lighthouse_04.json");
    const { json, warnings } = await toApiFormat(readFileSync(file));
    const { code, out, err } = await cli(["convert", file]);
    assert.deepEqual([code, out], [0, json]);
    assert.equal(err.split("\n").filter((line) => line.startsWith("warning: ")).length, warnings.length);
  });

  test("takes the workflow that ran out of a picture", async () => {
    const { out } = await cli(["convert", fixture("found/text.png")]);
    assert.equal(out, readFileSync(fixture("found/prompt.json"), "utf8").trim());
  });

  test("refuses unknown classes when it has to be strict", async () => {
    const input = JSON.stringify({
      nodes: [{ id: 1, type: "NobodysNode", inputs: [], outputs: [], widgets_values: [] }],
      links: [],
      version: 0.4,
    });
    const lenient = await cli(["convert", "-"], { input });
    assert.equal(lenient.code, 0, lenient.err);
    assert.match(lenient.err, /^warning: node 1: .*NobodysNode/);
    assertBlock(await cli(["convert", "-", "--strict"], { input }), 4, "cannot_convert");
  });
});

const python = ["python3", "python"].find((name) => spawnSync(name, ["--version"]).status === 0);
const terminal = python && ["-c", "import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)"];

test("colours are for terminals, and NO_COLOR turns them off", {
  skip: !terminal && "python3 is not there",
}, async () => {
  const wrap = [/** @type {string} */ (python), .../** @type {string[]} */ (terminal)];
  const args = ["inspect", UPSCALE];
  const coloured = await cli(args, { wrap, env: { TERM: "xterm" } });
  assert.ok(coloured.out.includes("\u001b["), coloured.out);
  for (const env of [{ TERM: "xterm", NO_COLOR: "1" }, { TERM: "dumb" }]) {
    const { out } = await cli(args, { wrap, env });
    assert.ok(out.includes("nodes") && !out.includes("\u001b["), out);
  }
  assert.ok(!(await cli(args)).out.includes("\u001b["));
});
