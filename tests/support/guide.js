// Runs a guide of the documentation: its program, its files and its commands, against the local endpoint and through a real
// proxy. The last test of each guide checks that no block was left out.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, beforeEach, mock, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { format } from "node:util";

import { transform } from "esbuild";
import { startEndpoint } from "./endpoint.js";
import { startApp } from "./guide-app.js";
import { blocksOf, codeOf, withAddresses } from "./guide-blocks.js";
import { IN_BROWSER, NOT_RUN } from "./guide-not-run.js";
import { installPage } from "./guide-page.js";
import { forgetRequests } from "./requests.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const PROGRAM = new Set(["js", "ts", "diff"]);

/**
 * Opens a guide for a test file: the endpoint, the app and the page exist during its tests.
 *
 * @param {string} name of the guide
 * @param {{ speed?: number }} [options]
 */
export function openGuide(name, { speed = 500 } = {}) {
  const blocks = blocksOf(name);
  const taken = new Set();
  const folder = join(root, ".cache", "guides", name);
  const routes = new Map();
  let runs = 0;
  const guide = {
    folder,
    routes,
    blocks,
    endpoint: "",
    url: "",
    page: null,
    /** The lines that the examples wrote to the console. */
    said: [],
    /** The file that a user chose. */
    chosen: pixel,
    take,
    block,
    write,
    /** Runs the program that the guide's blocks form. @param {(code: string) => string} [change] edits it before */
    async run(change = (code) => code) {
      const program = blocks.filter(({ lang, file }) => PROGRAM.has(lang) && file === null);
      assert.ok(program.length > 0, `${name} has a program`);
      const text = program.map((block) => codeOf(take(block))).join("\n");
      runs += 1;
      return load(`page-${runs}.mjs`, withAddresses(change(await inJavaScript(text)), guide.url));
    },
    /** Imports a block that is a file. */
    runFile: async (file) => load(file, take(block(file)).code),
    load,
    start,
    shell,
  };

  let endpoint;
  let app;
  before(async () => {
    prepareFolder(folder);
    endpoint = await startEndpoint({ speed });
    guide.endpoint = endpoint.url;
    Object.assign(process.env, environmentFor(endpoint.url));
    app = await startApp({ endpoint: endpoint.url, routes });
    guide.url = app.url;
  });
  after(async () => {
    mock.restoreAll();
    guide.page?.remove();
    await app?.close();
    await endpoint?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    await forgetRequests(guide.endpoint);
    guide.page = installPage({ chosen: () => guide.chosen() });
    guide.said = [];
    mock.restoreAll();
    for (const method of ["log", "warn", "error"]) {
      mock.method(console, method, (...words) => guide.said.push(format(...words)));
    }
  });

  function block(wanted) {
    const found = blocks.filter((each) => each.name === wanted || each.file === wanted);
    assert.equal(found.length, 1, `${name} has one block ${wanted}`);
    return found[0];
  }

  function take(one) {
    taken.add(one);
    return one;
  }

  function write(file, text) {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  async function load(file, code) {
    return import(pathToFileURL(write(file, code)).href);
  }

  /** Starts a block that is a complete program, in the guide's folder. */
  function start(file, env = {}) {
    write(file, take(block(file)).code);
    return startIn(folder, process.execPath, [file], env);
  }

  /** Runs a block of commands in a shell; npx finds the package installed in the guide's folder. */
  function shell(name, change = (code) => code) {
    const script = change(take(block(name)).code);
    return startIn(folder, "bash", ["-euo", "pipefail", "-c", script], { npm_config_offline: "true" });
  }

  guide.lastTest = () =>
    test("every example of the guide is run or listed with a reason", () => {
      const left = blocks.filter((each) => !taken.has(each)).map((each) => `${name}: ${each.name}`);
      const named = [...IN_BROWSER, ...Object.keys(NOT_RUN)].filter((each) => each.startsWith(`${name}: `));
      assert.deepEqual(left.toSorted(), named.toSorted());
    });
  return guide;
}

/** The environment variables that the guides tell a reader to set. */
export function environmentFor(endpoint) {
  return {
    VIEWCOMFY_API_URL: `${endpoint}/infer`,
    VIEWCOMFY_CLIENT_ID: "local-id",
    VIEWCOMFY_CLIENT_SECRET: "local-secret",
  };
}

/** A folder in which the package is installed, with the files that the guides mention. */
function prepareFolder(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "node_modules"), { recursive: true });
  symlinkSync(join(root, "pkg"), join(folder, "node_modules", "viewcomfy-wasm"), "dir");
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  const command = join(folder, "node_modules", ".bin", "viewcomfy-wasm");
  mkdirSync(dirname(command));
  writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${join(root, "pkg", "cli.js")}" "$@"\n`, {
    mode: 0o755,
  });
  const copy = (from, to) => copyFileSync(join(root, from), join(folder, to));
  copy("www/examples/text-to-image.json", "workflow_api.json");
  copy("www/examples/edit-image.json", "edit_image_api.json");
  copy("tests/fixtures/editor/lighthouse_04.json", "editor_workflow.json");
  copy("tests/fixtures/definitions/object_info.json", "object_info.json");
  copy("tests/fixtures/found/text.png", "in.png");
}

async function inJavaScript(text) {
  // Every import is kept, even if the example does not use its name.
  const tsconfigRaw = { compilerOptions: { verbatimModuleSyntax: true } };
  const { code } = await transform(text, { loader: "ts", target: "es2022", tsconfigRaw });
  return code;
}

/** Runs a program to the end. @returns {Promise<{ code: number, stdout: string, stderr: string }>} */
export function startIn(cwd, command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env } });
    const told = { stdout: "", stderr: "" };
    for (const channel of ["stdout", "stderr"]) {
      child[channel].setEncoding("utf8").on("data", (text) => {
        told[channel] += text;
      });
    }
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...told }));
  });
}

function pixel() {
  const bytes = readFileSync(join(root, "tests/fixtures/found/text.png"));
  return new File([bytes], "picture.png", { type: "image/png" });
}
