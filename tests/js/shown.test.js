// What consoles, JSON.stringify and stacks show of results and errors.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { inspect } from "node:util";
import initInspect, * as looking from "../../pkg/inspect-node.js";
import init, * as lib from "../../pkg/node.js";
import { failureThrownBy } from "../support/assert-failure.js";
import { startSmallEndpoint } from "../support/small-endpoint.js";

const SEED = 18446744073709551615n;
let endpoint;
let client;

before(async () => {
  await Promise.all([init(), initInspect()]);
  endpoint = await startSmallEndpoint({ speed: 200 });
  client = new lib.ViewComfyClient({ endpoint: `${endpoint.url}/infer`, token: "local-token" });
});
after(() => endpoint.close());

describe("a result", () => {
  let result;
  before(async () => {
    result = await client.infer({ params: { "3-inputs-seed": SEED } });
  });

  test("is shown under its class's name", () => {
    assert.match(inspect(result), /^PromptResult \{/);
    assert.match(inspect(result.outputs), /^\[\s+Output \{/);
    assert.match(inspect(client), /^ViewComfyClient /);
    assert.match(inspect(new looking.NodeDefinitions('{"A":{"input":{},"output":[]}}')), /^NodeDefinitions /);
  });

  test("can be written as JSON, with all digits", () => {
    const told = JSON.parse(JSON.stringify(result));
    assert.equal(told.promptId, result.promptId);
    assert.equal(told.status, "success");
    assert.equal(told.prompt["3"].inputs.seed, `${SEED}`);
    assert.equal(told.sent.values["3-inputs-seed"], `${SEED}`);
    assert.equal(told.sent.json, `{"3-inputs-seed":${SEED}}`);
    const { file, filename, size } = told.outputs[0];
    assert.deepEqual(file, { name: filename, type: "image/png", size });
    assert.ok(!("promptJson" in told));
    assert.equal(lib.stringifyJson(result.toJSON()), JSON.stringify(result));
  });
});

describe("an error", () => {
  test("is shown under its name, and tells message and facts as JSON", async () => {
    const cause = new Error("refused by the test");
    const fetch = () => Promise.reject(cause);
    const failing = new lib.ViewComfyClient({ endpoint: `${endpoint.url}/infer`, fetch });
    const error = await failureThrownBy(() => failing.infer({ params: { "3-inputs-seed": 1 } }));
    assert.match(inspect(error), /^ViewComfyError: the endpoint could not be reached/);
    assert.equal(error.constructor.name, "ViewComfyError");
    assert.deepEqual(JSON.parse(JSON.stringify(error)), {
      name: "ViewComfyError",
      code: "network",
      message: error.message,
      cause: "Error: refused by the test",
    });
  });

  test("tells the result that came with it", async () => {
    const at = `${endpoint.url}/infer?fault=failed_result`;
    const failing = new lib.ViewComfyClient({ endpoint: at, token: "local-token" });
    const error = await failureThrownBy(() => failing.infer({ params: { "3-inputs-seed": SEED } }));
    const told = JSON.parse(JSON.stringify(error));
    assert.equal(told.code, error.code);
    assert.equal(told.message, error.message);
    assert.equal(told.result.sent.values["3-inputs-seed"], `${SEED}`);
  });

  test("has the facts of the core", () => {
    const error = thrownBy(() =>
      lib.buildParams(
        { "3-inputs-sed": 1 },
        { checkAgainst: '{"3":{"class_type":"K","inputs":{"seed":1}}}' },
      ),
    );
    const { key, nearest } = JSON.parse(JSON.stringify(error));
    assert.deepEqual({ key, nearest }, { key: "3-inputs-sed", nearest: ["3-inputs-seed"] });
  });
});

function thrownBy(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
  return assert.fail("nothing was thrown");
}

describe("a stack begins where the caller called", () => {
  const refusing = () =>
    new lib.ViewComfyClient({ endpoint: `${endpoint.url}/infer`, token: "another-token" });
  const request = { params: { "3-inputs-seed": 1 } };
  const calls = {
    flattenWorkflow: () => lib.flattenWorkflow("{"),
    applyParams: () => lib.applyParams("[]", {}),
    "a wrong value": () => lib.buildParams({ x: Number.NaN }),
    "new ViewComfyClient": () => new lib.ViewComfyClient({}),
    "new NodeDefinitions": () => new looking.NodeDefinitions("["),
    inspectWorkflow: () => looking.inspectWorkflow("{"),
    toApiFormat: () => looking.toApiFormat("{"),
    findWorkflow: () => looking.findWorkflow("text"),
    "infer, wrong before it is sent": () => client.infer({ params: { x: undefined } }),
    "infer, refused": () => refusing().infer(request),
    "inferWithLogs, refused": () => refusing().inferWithLogs(request),
    "stream, refused": () => refusing().stream(request).next(),
    follow: () => lib.follow("not an address"),
  };
  for (const [name, call] of Object.entries(calls)) {
    test(name, async () => {
      const error = await failureThrownBy(call);
      assert.ok(lib.isViewComfyError(error), `${error}`);
      const [head, first] = error.stack
        .slice(error.stack.indexOf(error.message) + error.message.length)
        .split("\n");
      assert.equal(head, "");
      assert.match(first, /shown\.test\.js/, error.stack);
      assert.ok(error.stack.startsWith(`ViewComfyError: ${error.message}`));
    });
  }

  test("what a handler throws keeps its own", async () => {
    const mine = new Error("mine");
    const { stack } = mine;
    const thrown = await failureThrownBy(() =>
      client.inferWithLogs({
        ...request,
        onOpen: () => {
          throw mine;
        },
      }),
    );
    assert.equal(thrown, mine);
    assert.equal(thrown.stack, stack);
  });
});
