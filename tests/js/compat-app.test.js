// An app written for the TypeScript client, with one import changed: it compiles and runs in Node.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import ts from "typescript";
import { APP, bundleMovedApp, CHECKS, moveOver } from "../support/compat-app.js";
import { forgetRequests } from "../support/requests.js";
import { startSmallEndpoint } from "../support/small-endpoint.js";

const root = new URL("../../", import.meta.url);
let endpoint;
let directory;
let app;

before(async () => {
  endpoint = await startSmallEndpoint({ speed: 200 });
  directory = await mkdtemp(join(tmpdir(), "compat-app-"));
  const file = join(directory, "app.mjs");
  await writeFile(file, await bundleMovedApp("node"));
  app = await import(pathToFileURL(file).href);
});
after(async () => {
  await endpoint.close();
  await rm(directory, { recursive: true });
});
beforeEach(() => forgetRequests(endpoint.url));

const fileOf = (given) =>
  given?.file ? new File([Buffer.from(given.file, "base64")], "pixel.png", { type: "image/png" }) : given;

for (const [name, check] of Object.entries(CHECKS)) {
  test(name, () => check((called, ...args) => app[called](...args.map(fileOf)), endpoint));
}

test("the app compiles with the one import changed, strictly", async () => {
  const path = fileURLToPath(new URL(APP, root));
  const moved = moveOver(await readFile(path, "utf8"));
  const options = {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
    types: ["node"],
    noEmit: true,
    strict: true,
    exactOptionalPropertyTypes: true,
    paths: { "viewcomfy-wasm/*": [fileURLToPath(new URL("pkg/*.d.ts", root))] },
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (name, ...rest) =>
    name === path ? ts.createSourceFile(name, moved, ts.ScriptTarget.ES2023) : getSourceFile(name, ...rest);
  const diagnostics = ts.getPreEmitDiagnostics(ts.createProgram([path], options, host));
  const complaints = diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  assert.deepEqual(complaints, []);
});
