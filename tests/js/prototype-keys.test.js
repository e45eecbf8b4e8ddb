// `__proto__` is a key like any other, wherever a text may be a key: nothing is lost, and no prototype changes.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { infer } from "../../pkg/compat-node.js";
import initInspect, { formSchema, inspectWorkflow } from "../../pkg/inspect-node.js";
import init, * as lib from "../../pkg/node.js";
import { cli, ownDirectory } from "../support/cli.js";
import { bodyText, formOf, startProxy } from "../support/proxy.js";
import { startRawRuns } from "../support/raw-runs.js";
import { serve } from "../support/serve.js";

const KEY = "__proto__";
/** A workflow whose node, input and values are called so, with a number that JSON.parse would round. */
const WORKFLOW = `{"${KEY}":{"class_type":"A","inputs":{"${KEY}":{"${KEY}":{"a":18446744073709551615}},"x":1}},
  "2":{"class_type":"A","inputs":{"${KEY}":["${KEY}",0],"seed":18446744073709551615}}}`;
const parsed = (text) => Object.fromEntries([[KEY, JSON.parse(text)]]);

before(() => Promise.all([init(), initInspect()]));
after(() => {
  assert.equal(Object.getPrototypeOf({}), Object.prototype);
  assert.deepEqual(Object.keys(Object.prototype), []);
});

/** The own value under the key, which an object that lost it to its prototype does not have. */
function own(object) {
  assert.equal(Object.getPrototypeOf(object), Object.prototype);
  assert.ok(Object.hasOwn(object, KEY), Object.keys(object).join());
  return Object.getOwnPropertyDescriptor(object, KEY)?.value;
}

test("flattening keeps it in keys and in values", () => {
  const flat = lib.flattenWorkflow(WORKFLOW);
  const inputs = Object.keys(flat).filter((key) => key.includes("-inputs-"));
  assert.deepEqual(inputs, [`${KEY}-inputs-${KEY}`, `${KEY}-inputs-x`, `2-inputs-${KEY}`, "2-inputs-seed"]);
  const value = flat[`${KEY}-inputs-${KEY}`];
  assert.equal(own(value).a, 18446744073709551615n);
  assert.match(lib.flattenWorkflowToJson(WORKFLOW), /"__proto__-inputs-__proto__": ?\{"__proto__"/);
});

describe("parameters", () => {
  const given = () =>
    Object.fromEntries([
      [KEY, "data"],
      ["1-inputs-a", parsed('{"b":1}')],
    ]);

  test("go out and come back", () => {
    const built = lib.buildParams(given());
    assert.equal(built.json, `{"${KEY}":"data","1-inputs-a":{"${KEY}":{"b":1}}}`);
    assert.equal(own(built.values), "data");
    assert.deepEqual(own(built.values["1-inputs-a"]), { b: 1 });
    assert.equal(own(lib.buildParams(new Map([[KEY, 5]])).values), 5);
    const file = new File(["x"], "a.png");
    const withFile = lib.buildParams(
      Object.fromEntries([
        [KEY, file],
        ["1-inputs-a", 1],
      ]),
    );
    assert.equal(own(withFile.values), file);
    assert.deepEqual(
      withFile.files.map(({ key }) => key),
      [KEY],
    );
  });

  test("are put into a workflow", () => {
    const applied = lib.applyParams(WORKFLOW, { [`${KEY}-inputs-${KEY}`]: parsed("2") });
    assert.equal(own(own(own(JSON.parse(applied)).inputs)), 2);
  });

  test("of the TypeScript client", async () => {
    const runs = await startRawRuns(lib);
    const server = await serve(async (request, response) => {
      const text = await bodyText(request);
      assert.match(text, /"__proto__":"data"/);
      response.writeHead(201, { "content-type": "application/json" }).end(`{"prompt":${WORKFLOW}}`);
    });
    try {
      const { prompt } = await infer({ apiUrl: server.url, params: given() });
      assert.equal(own(own(prompt).inputs)[KEY].a, 2 ** 64);
      const result = await runs.plain(`{"prompt":${WORKFLOW}}`);
      assert.equal(own(own(own(result.prompt).inputs)).a, 18446744073709551615n);
      assert.ok(Object.hasOwn(result.toJSON().prompt, KEY));
    } finally {
      await Promise.all([server.close(), runs.close()]);
    }
  });

  test("of the command line, by argument and by file", async (t) => {
    const seen = [];
    const server = await serve(async (request, response) => {
      seen.push(/name="params"\r\n\r\n(.*)\r\n/.exec(await bodyText(request))?.[1]);
      response
        .writeHead(201, { "content-type": "text/event-stream" })
        .end('event: prompt_result\ndata: {"status":"success","outputs":[]}\n\n');
    });
    t.after(() => server.close());
    const directory = ownDirectory(t);
    const file = join(directory, "params.json");
    writeFileSync(file, `{"${KEY}":"file","a":{"${KEY}":1}}`);
    const options = { env: { VIEWCOMFY_API_URL: server.url }, cwd: directory };
    await cli(["run", "--set", `${KEY}=argument`], options);
    const told = await cli(["run", "--params", file], options);
    assert.deepEqual(seen, [`{"${KEY}":"argument"}`, `{"${KEY}":"file","a":{"${KEY}":1}}`], told.err);
  });
});

test("a form's field of that name is one that the proxy does not know", async (t) => {
  const passed = [];
  const server = await serve(async (request, response) => {
    passed.push(await bodyText(request));
    response.writeHead(201, { "content-type": "application/json" }).end("{}");
  });
  const proxy = await startProxy({ endpoint: server.url });
  t.after(() => Promise.all([proxy.close(), server.close()]));
  const send = (form) => fetch(proxy.url, { method: "POST", body: form });
  assert.equal((await send(formOf({ [`${KEY}`]: "x" }))).status, 400);
  assert.equal((await send(formOf({ params: `{"${KEY}":{"${KEY}":1}}` }))).status, 201);
  assert.equal(passed.length, 1);
  assert.match(passed[0], /\{"__proto__":\{"__proto__":1\}\}/);
});

test("inspection and form tell it as data", () => {
  const inspected = inspectWorkflow(WORKFLOW);
  assert.deepEqual(inspected.nodes.map(({ id }) => id).toSorted(), ["2", KEY]);
  assert.ok(lib.stringifyJson(formSchema(WORKFLOW)).includes(KEY));
});

test("JSON of ours in both directions", () => {
  const value = lib.parseJson(`{"${KEY}":{"a":18446744073709551615}}`);
  assert.equal(own(value).a, 18446744073709551615n);
  assert.equal(lib.stringifyJson(value), `{"${KEY}":{"a":18446744073709551615}}`);
});
