// An option that a call does not have is refused with the nearest one: in silence it would just have no effect.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import initInspect, * as inspect from "../../pkg/inspect-node.js";
import init, * as lib from "../../pkg/node.js";
import { createProxy } from "../../pkg/proxy.js";
import { assertFailure } from "../support/assert-failure.js";
import { WORKFLOW } from "../support/sample-workflow.js";

const endpoint = "http://127.0.0.1:1/infer";

before(() => Promise.all([init(), initInspect()]));

const client = () => new lib.ViewComfyClient({ endpoint });
const CALLS = {
  ViewComfyClient: [(options) => new lib.ViewComfyClient({ endpoint, ...options }), "clientID", "clientId"],
  infer: [(options) => client().infer(options), "param", "params"],
  inferWithLogs: [(options) => client().inferWithLogs(options), "onLogs", "onLog"],
  stream: [(options) => client().stream(options).next(), "workflow_api", "workflowApi"],
  follow: [(options) => lib.follow(endpoint, options), "timeoutMS", "timeoutMs"],
  buildParams: [(options) => lib.buildParams({ x: 1 }, options), "checkagainst", "checkAgainst"],
  findWorkflow: [(options) => inspect.findWorkflow(new Uint8Array(), options), "promptID", "promptId"],
  inspectWorkflow: [(options) => inspect.inspectWorkflow(WORKFLOW, options), "objectinfo", "objectInfo"],
  formSchema: [(options) => inspect.formSchema(WORKFLOW, options), "viewcomfy", "viewComfy"],
  toApiFormat: [(options) => inspect.toApiFormat(WORKFLOW, options), "stirct", "strict"],
  createProxy: [(options) => createProxy({ endpoint, ...options }), "linkhosts", "linkHosts"],
};

for (const [name, [call, key, nearest]] of Object.entries(CALLS)) {
  describe(name, () => {
    test("names the nearest option and shows no value", async () => {
      const error = await thrown(() => call({ [key]: "s3cret-value" }));
      assert.equal(error.code, "invalid_param");
      assert.equal(error.key, key);
      assert.equal(error.nearest[0], nearest);
      assert.match(error.message, new RegExp(`"${key}" .*${name}.*did you mean "${nearest}"`));
      assert.ok(!error.message.includes("s3cret-value"));
    });

    test("lists its options where none is near", async () => {
      const error = await thrown(() => call({ somethingElse: 1 }));
      assert.equal(error.code, "invalid_param");
      assert.deepEqual(error.nearest, []);
      assert.match(error.message, new RegExp(`takes .*${nearest}`));
    });
  });
}

async function thrown(call) {
  try {
    await call();
  } catch (error) {
    return error;
  }
  return assert.fail("the option was taken");
}

test("the proxy's errors are TypeErrors, as for its other options", () => {
  assert.throws(() => createProxy({ endpoint, link_hosts: [] }), TypeError);
});

test("handlers belong to inferWithLogs", async () => {
  for (const way of ["infer", "stream"]) {
    const run = () =>
      way === "infer"
        ? client().infer({ onLog() {} })
        : client()
            .stream({ onLog() {} })
            .next();
    await assertFailure(run, "invalid_param", { key: "onLog" });
  }
});

test("an inherited option counts, known or not", async () => {
  assert.ok(new lib.ViewComfyClient(Object.create({ endpoint })));
  await assertFailure(
    () => new lib.ViewComfyClient(Object.create({ endpoint, clientID: 1 })),
    "invalid_param",
    {
      key: "clientID",
    },
  );
});

test("options that are not an object are refused", async () => {
  for (const options of ["text", 5, true]) {
    await assertFailure(() => client().infer(options), "invalid_param");
    await assertFailure(() => lib.buildParams({ x: 1 }, options), "invalid_param");
    await assertFailure(() => inspect.inspectWorkflow(WORKFLOW, options), "invalid_param");
  }
});

test("init takes a source, not an object around it", async () => {
  const given = { module_or_path: "viewcomfy_wasm_bg.wasm" };
  await assertFailure(() => init(given), "invalid_param", { key: "input" });
  await assertFailure(() => initInspect(given), "invalid_param", { key: "input" });
});

describe("checkAgainst and its earlier name, workflow", () => {
  const refused = (options) => () => lib.buildParams({ x: 1 }, options);

  test("each checks", async () => {
    await assertFailure(refused({ checkAgainst: WORKFLOW }), "unknown_param");
    await assertFailure(refused({ workflow: WORKFLOW }), "unknown_param");
  });

  test("both may be given when they are the same", async () => {
    const bytes = new TextEncoder().encode(WORKFLOW);
    await assertFailure(refused({ checkAgainst: WORKFLOW, workflow: WORKFLOW }), "unknown_param");
    await assertFailure(refused({ checkAgainst: WORKFLOW, workflow: bytes }), "unknown_param");
    await assertFailure(refused({ checkAgainst: WORKFLOW, workflow: null }), "unknown_param");
  });

  test("two that differ are refused", async () => {
    const other = '{"1":{"class_type":"A","inputs":{}}}';
    await assertFailure(refused({ checkAgainst: WORKFLOW, workflow: other }), "invalid_param", {
      key: "workflow",
      message: /checkAgainst/,
    });
    const run = () => client().infer({ params: { x: 1 }, checkAgainst: WORKFLOW, workflow: other });
    await assertFailure(run, "invalid_param", { key: "workflow" });
  });
});
