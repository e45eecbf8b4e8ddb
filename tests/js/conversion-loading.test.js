// The conversion has a wasm of its own, which comes with the first call that needs it. Each test has a copy of the package.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { assertFailure } from "../support/assert-failure.js";

const PACKAGE = fileURLToPath(new URL("../../pkg/", import.meta.url));
const FILE = "viewcomfy_convert_bg.wasm";
const WASM = join(PACKAGE, FILE);
const API = '{"3":{"class_type":"KSampler","inputs":{"seed":1}}}';
const EDITOR = JSON.stringify({
  nodes: [{ id: 3, type: "Own", mode: 0, inputs: [], outputs: [], widgets_values: [5, "x"] }],
  links: [],
  version: 0.4,
});
const SERVER = {
  Own: {
    input: { required: { size: ["INT", { default: 1 }], text: ["STRING", {}] } },
    output: [],
    output_node: true,
  },
};
const copies = mkdtempSync(join(tmpdir(), "viewcomfy-convert-"));
let count = 0;

after(() => rmSync(copies, { recursive: true }));

/** A copy of the package that nothing has loaded yet; without the conversion's wasm, which stands elsewhere. */
async function withoutConversion() {
  count += 1;
  const copy = join(copies, `${count}`);
  cpSync(PACKAGE, copy, { recursive: true });
  cpSync(join(PACKAGE, "../package.json"), join(copies, "package.json"));
  const elsewhere = join(copies, `${count}.wasm`);
  renameSync(join(copy, FILE), elsewhere);
  const lib = await import(pathToFileURL(join(copy, "inspect-node.js")).href);
  return { lib, elsewhere: pathToFileURL(elsewhere), back: () => cpSync(elsewhere, join(copy, FILE)) };
}

async function assertConverts(lib) {
  const { json, report } = await lib.toApiFormat(EDITOR, { objectInfo: SERVER });
  assert.deepEqual(JSON.parse(json)["3"].inputs, { size: 5, text: "x" });
  assert.equal(report.verdict, "runs");
}

test("what looks into workflows needs no conversion", async () => {
  const { lib } = await withoutConversion();
  await lib.default();
  assert.equal((await lib.findWorkflow(new TextEncoder().encode(API))).prompt.json, API);
  assert.equal(lib.inspectWorkflow(EDITOR, { objectInfo: SERVER }).nodes[0].inputs[1].value, "x");
  assert.equal(lib.formSchema(API).basic.length, 1);
  assert.equal(lib.diffWorkflows(API, API).same, true);
  assert.ok((await lib.NodeDefinitions.bundled()).has("KSampler"));
});

test("a conversion whose wasm is missing says which file that is, and works once it is there", async () => {
  const { lib, back } = await withoutConversion();
  await lib.default();
  const missing = { message: /viewcomfy_convert_bg\.wasm .* init\(\), as convert/, cause: /ENOENT/ };
  await assertFailure(() => lib.toApiFormat(EDITOR), "not_initialised", missing);
  await assertFailure(() => lib.applyParams(API, {}), "not_initialised", missing);
  back();
  await assertConverts(lib);
});

test("init takes the conversion's wasm in every form, also later", async () => {
  const bytes = readFileSync(WASM);
  const forms = [
    () => bytes,
    () => WebAssembly.compile(bytes),
    () => Promise.resolve(bytes),
    () => new Response(bytes, { headers: { "content-type": "application/wasm" } }),
    (elsewhere) => elsewhere,
    (elsewhere) => elsewhere.href,
  ];
  for (const form of forms) {
    const { lib, elsewhere } = await withoutConversion();
    await lib.default();
    await assertFailure(() => lib.toApiFormat(EDITOR), "not_initialised");
    await lib.default(undefined, { convert: form(elsewhere) });
    await assertConverts(lib);
  }
});

test("a wasm that does not come fails the conversion, with its cause, and nothing else", async () => {
  const { lib, back } = await withoutConversion();
  await lib.default(undefined, { convert: Promise.reject(new Error("no wasm here")) });
  assert.equal(lib.inspectWorkflow(API).nodes.length, 1);
  await assertFailure(() => lib.toApiFormat(EDITOR), "not_initialised", { cause: /no wasm here/ });
  back();
  await lib.default(undefined, { convert: readFileSync(WASM) });
  await assertConverts(lib);
});

test("init refuses options that it does not have", async () => {
  const { lib } = await withoutConversion();
  await assertFailure(() => lib.default(undefined, { converter: WASM }), "invalid_param", {
    message: /"convert"/,
  });
  await assertFailure(() => lib.default(undefined, { convert: { url: WASM } }), "invalid_param", {
    message: /convert must be an address/,
  });
  await assertFailure(() => lib.toApiFormat(EDITOR), "not_initialised", { message: /before init\(\)/ });
});

test("definitions that were read for the inspection serve the conversion", async () => {
  const { lib, back } = await withoutConversion();
  await lib.default();
  back();
  const utf16 = Buffer.from(`\ufeff${JSON.stringify(SERVER)}`, "utf16le");
  for (const objectInfo of [
    new lib.NodeDefinitions(SERVER),
    new lib.NodeDefinitions(new Uint8Array(utf16)),
  ]) {
    for (let times = 0; times < 2; times += 1) {
      const { json, report } = await lib.toApiFormat(EDITOR, { objectInfo });
      assert.deepEqual([JSON.parse(json)["3"].inputs, report.verdict], [{ size: 5, text: "x" }, "runs"]);
    }
    assert.ok(objectInfo.has("Own"), "the inspection has them still");
  }
  // The package's own are told from a server's: a class that they lack may be one of a pack.
  const objectInfo = await lib.NodeDefinitions.bundled();
  const customNodes = await lib.NodeDefinitions.customNodes();
  const given = await lib.toApiFormat(EDITOR, { objectInfo, customNodes });
  assert.deepEqual(given, await lib.toApiFormat(EDITOR));
  assert.deepEqual(
    given.warnings.map(({ code }) => code),
    ["unknown_class"],
  );
});
