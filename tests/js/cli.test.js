// The command line's manners: help, mistakes, and credentials that do not belong into arguments.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";

import { parseArguments } from "../../pkg/src/cli/options.js";
import { assertBlock, cli, fixture, PROGRAM } from "../support/cli.js";
import { closedAddress } from "../support/serve.js";

const COMMANDS = ["run", "serve", "types", "schema", "params", "inspect", "diff", "convert"];
const UPSCALE = fixture("workflows/upscale.json");
const SECRET = "a-secret-that-nobody-should-see";

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

describe("a mistyped option", () => {
  for (const name of COMMANDS) {
    test(`of ${name} is answered with the nearest one, whichever it is`, async () => {
      const { out } = await cli([name, "--help"]);
      const told = [...out.matchAll(/^ {2}(?:-\w, | {4})--([a-z-]+)/gm)].map(([, option]) => option);
      assert.ok(told.length > 0);
      const options = Object.fromEntries(told.map((option) => [option, { type: "string" }]));
      for (const option of told) {
        const mistyped = `--${option.slice(0, 1)}${option.slice(2)}`;
        const advice = new RegExp(`^Did you mean --${option}\\? See "viewcomfy-wasm ${name} --help"\\.$`);
        const parse = () => parseArguments([mistyped, "x"], { name, options, positionals: [] });
        assert.throws(parse, { code: "usage", advice }, mistyped);
      }
    });
  }
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
    [["run", "a", "--sed=42"], /has no option "--sed"\n.*Did you mean --seed\?/],
    [["types", "a", "--objectInfo", "x"], /has no option "--objectInfo"\n.*Did you mean --object-info\?/],
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
    const endpoint = await closedAddress();
    const { err } = await cli(["run", "--endpoint", endpoint, "--set", "6-inputs-token=abc"]);
    assert.match(err, /Code: network/);
  });
});
