// Without the package ws, in a runtime that has no WebSocket: the route runs, says what is missing, and is bundled without a
// warning. With the runtime's own WebSocket it needs no package.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

import { invert, startComfy } from "../support/comfyui.js";
import { PATIENCE } from "../support/patience.js";

const pkg = fileURLToPath(new URL("../../pkg/", import.meta.url));
const NEEDED = /^(?:comfyui-node\.js|node\.js|inspect-node\.js|viewcomfy_wasm_bg\.wasm)$/;
let folder;
let comfy;
before(async () => {
  // A folder from which Node finds no packages.
  folder = mkdtempSync(join(tmpdir(), "comfyui-route-"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  for (const name of readdirSync(pkg))
    if (NEEDED.test(name)) copyFileSync(join(pkg, name), join(folder, name));
  comfy = await startComfy();
});
after(async () => {
  rmSync(folder, { recursive: true });
  await comfy.close();
});

/** The log of a run in a process of its own, whose last line is how it ended. */
function logOf(entry, ...flags) {
  const program = `
    import { createComfyRoute } from "./${entry}";
    import init, { ViewComfyClient } from "./node.js";
    await init();
    const route = createComfyRoute({ servers: ["${comfy.url}"], pollMs: 20 });
    const client = new ViewComfyClient({ endpoint: "http://localhost/", fetch: (request) => route(request) });
    const { status } = await client.inferWithLogs({
      workflowApi: ${JSON.stringify(JSON.stringify(invert(1)))},
      params: { "1-inputs-color": ${Math.floor(Math.random() * 16_000_000)} },
      onLog: (line) => console.log(line),
    });
    console.log(status);`;
  writeFileSync(join(folder, "program.js"), program);
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, "program.js"], {
    cwd: folder,
    encoding: "utf8",
    timeout: PATIENCE.timeout,
  });
  assert.equal(stderr.replace(/^.*(?:ExperimentalWarning|--trace-warnings).*\n/gm, ""), "");
  return stdout.trim().split("\n");
}

const MISSING =
  'No live messages from ComfyUI (this runtime has no WebSocket: install the package "ws", or use Node 22 or newer): ' +
  "its state is asked for instead, without its log and progress.";
const hasOwn = "WebSocket" in globalThis;

test("it runs, and one line of the log says what is missing", {
  ...PATIENCE,
  skip: hasOwn && "this Node has a WebSocket",
}, () => {
  assert.deepEqual(logOf("comfyui-node.js"), [MISSING, "success"]);
});

test("with the runtime's own WebSocket the log is heard", PATIENCE, () => {
  const log = logOf("comfyui-node.js", ...(hasOwn ? [] : ["--experimental-websocket"]));
  assert.ok(
    log.some((line) => line.startsWith("Prompt executed in")),
    log.join("\n"),
  );
  assert.equal(log.at(-1), "success");
});

test("it is bundled without a warning, and bundlers leave the import to the runtime", PATIENCE, async () => {
  const text = readFileSync(join(folder, "comfyui-node.js"), "utf8");
  assert.match(text, /import\(\/\* webpackIgnore: true \*\/\/\* @vite-ignore \*\/\w+\)/);
  const { warnings } = await build({
    ...{ entryPoints: [join(folder, "comfyui-node.js")], outfile: join(folder, "bundle.js") },
    ...{ bundle: true, format: "esm", platform: "node", logLevel: "silent" },
  });
  assert.deepEqual(warnings, []);
});
