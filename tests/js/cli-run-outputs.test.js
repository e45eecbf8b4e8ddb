// What becomes of a run's outputs: names, links, paths, JSON, the bar on a terminal.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";

import { fixture, ownDirectory } from "../support/cli.js";
import { startAnswering, startRuns } from "../support/cli-run.js";
import { forgetRequests } from "../support/requests.js";

const SMALL = fixture("workflows/small_picture.json");
const SECRET = "local-secret";
const PNG = "89504e470d0a1a0a";
const ESCAPE = "\u001b";
let endpoint;

before(async () => {
  endpoint = await startRuns();
});
after(() => endpoint.close());
beforeEach(() => forgetRequests(endpoint.url));

function outputNamed(filename, text) {
  const data = Buffer.from(text).toString("base64");
  return { filename, content_type: "text/plain", data, size: text.length };
}

describe("what comes back", () => {
  test("files with their names, their paths on stdout, the rest on stderr", async (context) => {
    const { code, out, err, directory } = await endpoint.run(context, [
      "--set",
      "6-inputs-text=x",
      "--out",
      "made/here",
    ]);
    assert.equal(code, 0, err);
    assert.equal(out, `${join("made", "here", "small_00001_.png")}\n`);
    const saved = readFileSync(join(directory, out.trim()));
    assert.equal(saved.subarray(0, 8).toString("hex"), PNG);
    assert.match(err, /^progress: 0 %, 0\/20$/m);
    assert.match(err, /^progress: 100 %, 20\/20/m);
    assert.match(err, /^done in \d+\.\d s: 1 output$/m);
    assert.ok(!err.includes(ESCAPE) && !err.includes("got prompt"), err);
  });

  test("nothing is replaced: names are numbered", async (context) => {
    const directory = ownDirectory(context);
    writeFileSync(join(directory, "small_00001_.png"), "mine");
    symlinkSync(join(directory, "nowhere"), join(directory, "small_00001_ (2).png"));
    const { out } = await endpoint.run(context, ["--set", "6-inputs-text=x"], { cwd: directory });
    assert.equal(out, "small_00001_ (3).png\n");
    assert.equal(readFileSync(join(directory, "small_00001_.png"), "utf8"), "mine");
    assert.equal(readdirSync(directory).length, 3);
  });

  test("the result as JSON", async (context) => {
    const { code, out, err } = await endpoint.run(context, [
      "--workflow",
      SMALL,
      "--seed",
      "random",
      "--json",
    ]);
    assert.equal(code, 0, err);
    const told = JSON.parse(out);
    assert.deepEqual([told.status, told.completed, told.warnings], ["success", true, []]);
    assert.match(told.promptId, /^[0-9a-f-]{36}$/);
    assert.match(out, /"3-inputs-seed": \d+\n/);
    const [{ size, ...output }] = told.outputs;
    const name = "small_00001_.png";
    assert.deepEqual(output, {
      filename: name,
      contentType: "image/png",
      url: null,
      path: name,
      error: null,
    });
    assert.ok(size > 100);
  });

  test("the log, when asked for", async (context) => {
    const { err } = await endpoint.run(context, ["--set", "6-inputs-text=x", "--verbose"]);
    assert.match(err, /^got prompt$/m);
    assert.match(err, /100%\|█+\| 20\/20/);
  });

  test("links are downloaded, and without our credentials", async (context) => {
    const { code, out, err, directory } = await endpoint.run(context, [
      ...["--endpoint", `${endpoint.infer}?fault=link_output`],
      ...["--set", "6-inputs-text=x"],
    ]);
    assert.equal(code, 0, err);
    assert.equal(readFileSync(join(directory, out.trim())).subarray(0, 8).toString("hex"), PNG);
  });

  test("a link that cannot be had does not lose the others", async (context) => {
    const got = [];
    const links = createServer((request, response) => {
      got.push(request.headers);
      if (request.url === "/good") response.end("good");
      else if (request.url === "/cut")
        response.writeHead(200, { "content-length": "100" }).write("half", () => response.destroy());
      else response.writeHead(403).end("expired");
    });
    await new Promise((resolve) => links.listen(0, "127.0.0.1", () => resolve(undefined)));
    context.after(() => links.close());
    const at = `http://127.0.0.1:${/** @type {any} */ (links.address()).port}`;
    const link = (filename, filepath) => ({ filename, content_type: "text/plain", filepath, size: 4 });
    const addresses = {
      "a.txt": `${at}/expired`,
      "b.txt": `${at}/good`,
      "c.txt": "file:///etc/hostname",
      "d.txt": `${at}/cut`,
    };
    const outputs = Object.entries(addresses).map(([name, place]) => link(name, place));
    const address = await startAnswering(context, { outputs });
    const { code, out, err, directory } = await endpoint.run(context, [
      "--endpoint",
      address,
      "--set",
      "6-inputs-text=x",
    ]);
    assert.deepEqual([code, out], [5, "b.txt\n"]);
    assert.equal(err.match(/^ {2}Code: download$/gm)?.length, 3, err);
    assert.match(err, /HTTP 403/);
    assert.match(err, /not a web address/);
    assert.deepEqual(readdirSync(directory), ["b.txt"]);
    assert.equal(readFileSync(join(directory, "b.txt"), "utf8"), "good");
    assert.ok(got.every((headers) => !("client_secret" in headers) && !("client_id" in headers)));
  });

  test("hostile names stay in the directory", async (context) => {
    const names = [
      ...[
        "../../up.txt",
        "/etc/passwd",
        "..\\..\\back.txt",
        "..",
        ".",
        "",
        ".hidden",
        "a/../b.txt",
        "con.txt",
        "x\u0000y.txt",
      ],
      ...[
        "\u001b[2Jclear.txt",
        "evil\u202egpj.exe",
        `${"long".repeat(200)}.png`,
        "日本 é.png",
        "a:b|c?.png",
        "same.txt",
      ],
      ...["same.txt", "trailing. ", "-rf", "~", "$(id).txt", `${"語".repeat(200)}.webp`, "\ud800.txt"],
    ];
    const outputs = names.map((name, at) => outputNamed(name, `content ${at}`));
    const address = await startAnswering(context, { outputs });
    const parent = ownDirectory(context);
    const cwd = join(parent, "cwd");
    mkdirSync(cwd);
    const args = ["--endpoint", address, "--set", "6-inputs-text=x", "--out", "out", "--json"];
    const { code, out, err } = await endpoint.run(context, args, { cwd });
    assert.equal(code, 0, err);
    const paths = JSON.parse(out).outputs.map(({ path }) => path);
    assert.deepEqual([readdirSync(parent), readdirSync(cwd)], [["cwd"], ["out"]]);
    assert.equal(readdirSync(join(cwd, "out")).length, names.length);
    for (const [at, path] of paths.entries()) {
      assert.equal(readFileSync(join(cwd, path), "utf8"), `content ${at}`);
      assert.match(path, /^out\/[^./\\:|?*<>"\p{C}][^/\\:|?*<>"\p{C}]*$/u);
      assert.ok(Buffer.byteLength(path) < 200, path);
    }
    const kept = paths.map((path) => path.slice(4));
    assert.deepEqual([kept[0], kept[1], kept[2], kept[13]], ["up.txt", "passwd", "back.txt", "日本 é.png"]);
    assert.deepEqual([kept[15], kept[16]], ["same.txt", "same (2).txt"]);
    assert.match(kept[12], /\.png$/);
  });

  test("a service that shows the secret is not repeated", async (context) => {
    const told = [
      `event: log_message\ndata: your secret is ${SECRET} ${ESCAPE}[2J\n\n`,
      `event: error\ndata: wrong: ${SECRET}\n\n`,
    ];
    const address = await startAnswering(context, { status: SECRET, before: told });
    const args = ["--endpoint", address, "--set", "6-inputs-text=x", "--verbose", "--json"];
    const { code, out, err } = await endpoint.run(context, args);
    assert.equal(code, 0, err);
    assert.match(err, /your secret is \[secret\] \\u001b\[2J/);
    assert.match(err, /the service says: wrong: \[secret\]/);
    assert.match(out, /\[secret\]/);
  });
});

const python = ["python3", "python"].find((name) => spawnSync(name, ["--version"]).status === 0);

test("a bar moves on a terminal", { skip: !python && "python3 is not there" }, async (context) => {
  const terminal = "import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)";
  const wrap = [/** @type {string} */ (python), "-c", terminal];
  const { code, out } = await endpoint.run(context, ["--set", "6-inputs-text=x"], {
    wrap,
    env: { ...endpoint.env, TERM: "xterm" },
  });
  assert.equal(code, 0, out);
  const clear = `\r${ESCAPE}[2K`;
  assert.ok(out.includes(`${clear} 20 % ${ESCAPE}[32m█████${ESCAPE}[0m${"░".repeat(19)} 4/20`), out);
  assert.ok(out.includes(`${clear}small_00001_.png`), out);
  assert.doesNotMatch(out, /progress: /);
  const plain = await endpoint.run(context, ["--set", "6-inputs-text=x"], {
    wrap,
    env: { ...endpoint.env, TERM: "xterm", NO_COLOR: "1" },
  });
  assert.ok(plain.out.includes(`${clear} 20 % █████░`) && !plain.out.includes(`${ESCAPE}[3`), plain.out);
});
