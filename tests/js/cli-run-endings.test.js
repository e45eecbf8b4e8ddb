// How a run fails and how it is stopped: exit codes, one readable block, nothing left behind.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { createServer } from "node:http";
import { basename } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";

import { fixture, ownDirectory, startCli } from "../support/cli.js";
import { startAnswering, startRuns } from "../support/cli-run.js";
import {
  forgetRequests,
  lastRequest,
  pause,
  requestArrived,
  requests,
  settledRequest,
} from "../support/requests.js";

const SMALL = fixture("workflows/small_picture.json");
let endpoint;

before(async () => {
  endpoint = await startRuns();
});
after(() => endpoint.close());
beforeEach(() => forgetRequests(endpoint.url));

describe("failures", () => {
  const cases = [
    {
      args: ["--set", "6-inputs-txt=x", "--workflow", SMALL],
      code: "unknown_param",
      exit: 4,
      words: /"6-inputs-text"/,
    },
    {
      args: ["--set", "3-inputs-steps=many", "--workflow", SMALL],
      code: "invalid_param",
      exit: 4,
      words: /is not JSON/,
    },
    { args: ["--set", "=x"], code: "usage", exit: 3, words: /--set takes KEY=VALUE/ },
    { args: ["--set", "x"], code: "usage", exit: 3, words: /--set takes KEY=VALUE/ },
    { args: ["--seed", "random"], code: "usage", exit: 3, words: /needs the workflow/ },
    { args: ["--seed", "1.5"], code: "usage", exit: 3, words: /"random" or a whole number/ },
    {
      args: ["--seed", "18446744073709551616", "--workflow", SMALL],
      code: "usage",
      exit: 3,
      words: /up to 18446744073709551615/,
    },
    { args: ["--mask", `52-inputs-image=${SMALL}`], code: "usage", exit: 3, words: /has no image/ },
    { args: ["--file", "52-inputs-image=none.png"], code: "file", exit: 4, words: /no such file/ },
    {
      args: ["--params", SMALL, SMALL, "--workflow", SMALL],
      code: "usage",
      exit: 3,
      words: /do not go together/,
    },
    {
      args: ["--params", fixture("rejected/array.json")],
      code: "invalid_param",
      exit: 4,
      words: /no parameters/,
    },
    {
      args: ["--params", fixture("rejected/truncated.json")],
      code: "invalid_param",
      exit: 4,
      words: /no parameters/,
    },
    { args: ["--timeout", "soon", "--set", "a=1"], code: "usage", exit: 3, words: /--timeout takes seconds/ },
    {
      args: ["--endpoint", "example.org", "--set", "a=1"],
      code: "usage",
      exit: 3,
      words: /begins with https/,
    },
    {
      args: ["--out", SMALL, "--set", "6-inputs-text=x"],
      code: "file",
      exit: 4,
      words: /small_picture\.json/,
    },
    { args: [], code: "empty_params", exit: 4, words: /--set or --seed/ },
  ];
  for (const { args, code, exit, words } of cases) {
    test(`${code}: ${args.map((arg) => basename(arg)).join(" ")}`, async (context) => {
      const told = await endpoint.run(context, args);
      assert.deepEqual([told.code, told.out], [exit, ""], told.err);
      assert.match(told.err, new RegExp(` {2}What to do: .+\n {2}Code: ${code}\n$`));
      assert.match(told.err, words);
      assert.deepEqual(await requests(endpoint.url), [], "nothing was sent");
    });
  }

  test("without an endpoint, and with half of the credentials", async (context) => {
    const none = await endpoint.run(context, ["--set", "a=1"], { env: {} });
    assert.equal(none.code, 3);
    assert.match(none.err, /--endpoint, or in VIEWCOMFY_API_URL/);
    const half = await endpoint.run(context, ["--set", "a=1"], {
      env: { ...endpoint.env, VIEWCOMFY_CLIENT_SECRET: "" },
    });
    assert.equal(half.code, 3);
    assert.match(half.err, /VIEWCOMFY_CLIENT_ID is set, but VIEWCOMFY_CLIENT_SECRET is not/);
  });

  const faults = {
    unauthorized: "unauthorized",
    node_errors: "validation_failed",
    rate_limited: "rate_limited",
    html_500: "http_status",
    drop_in_log: "network",
    no_result: "stream_ended",
    failed_result: "execution_failed",
    invalid_base64: "invalid_output",
  };
  for (const [fault, code] of Object.entries(faults)) {
    test(`${fault} at the endpoint is ${code}`, async (context) => {
      const address = `${endpoint.infer}?fault=${fault}`;
      const args = ["--endpoint", address, "--set", "6-inputs-text=x"];
      const told = await endpoint.run(context, args);
      assert.deepEqual([told.code, told.out], [5, ""], told.err);
      assert.match(told.err, new RegExp(`^error: .+\n( {2}.+\n)* {2}Code: ${code}\n$`, "m"));
      assert.doesNotMatch(told.err, /\n\s+at /);
      assert.deepEqual(readdirSync(told.directory), []);
      const json = await endpoint.run(context, [...args, "--json"]);
      const { error } = JSON.parse(json.err.split("\n").find((line) => line.startsWith('{"error"')) ?? "");
      assert.deepEqual([error.code, error.exitCode], [code, 5]);
      if (fault === "node_errors") assert.equal(error.nodeErrors[0].input, "sampler_name");
    });
  }

  test("a time limit", async (context) => {
    const args = [
      "--endpoint",
      `${endpoint.infer}?fault=never`,
      "--set",
      "6-inputs-text=x",
      "--timeout",
      "0.3",
    ];
    const told = await endpoint.run(context, args);
    assert.equal(told.code, 5);
    assert.match(told.err, /Code: timeout/);
  });
});

describe("signals", () => {
  for (const [signal, exit] of /** @type {[NodeJS.Signals, number][]} */ ([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ])) {
    test(`${signal} ends the run, at the endpoint too`, async (context) => {
      const directory = ownDirectory(context);
      const args = ["run", "--endpoint", `${endpoint.infer}?fault=silent`, "--set", "6-inputs-text=x"];
      const { child, done } = startCli(args, { env: endpoint.env, cwd: directory });
      await requestArrived(endpoint.url);
      await pause(100);
      assert.equal((await lastRequest(endpoint.url)).state, "running");
      child.kill(signal);
      const { code, err, out } = await done;
      assert.deepEqual([code, out], [exit, ""], err);
      assert.match(err, /^error: stopped before the run was done\n/);
      assert.notEqual((await settledRequest(endpoint.url)).state, "finished");
      assert.deepEqual(readdirSync(directory), []);
    });
  }

  test("SIGINT while a link is downloaded leaves no part of the file", async (context) => {
    const asked = Promise.withResolvers?.() ?? deferred();
    const links = createServer((_request, response) => {
      response.writeHead(200).write("a beginning");
      asked.resolve(undefined);
    });
    await new Promise((resolve) => links.listen(0, "127.0.0.1", () => resolve(undefined)));
    context.after(() => {
      links.closeAllConnections();
      links.close();
    });
    const filepath = `http://127.0.0.1:${/** @type {any} */ (links.address()).port}/x`;
    const outputs = [{ filename: "a.mp4", content_type: "video/mp4", filepath, size: 99 }];
    const address = await startAnswering(context, { outputs });
    const directory = ownDirectory(context);
    const { child, done } = startCli(["run", "--endpoint", address, "--set", "a=1"], {
      env: endpoint.env,
      cwd: directory,
    });
    await asked.promise;
    while (readdirSync(directory).length === 0) await pause(10);
    child.kill("SIGINT");
    assert.equal((await done).code, 130);
    assert.deepEqual(readdirSync(directory), []);
  });
});

function deferred() {
  let resolve;
  const promise = new Promise((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
