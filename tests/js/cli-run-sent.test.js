// What `run` sends: values, seeds, files, workflows, credentials.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";

import { cli, fixture, ownDirectory } from "../support/cli.js";
import { startRuns } from "../support/cli-run.js";
import { forgetRequests, settledRequest } from "../support/requests.js";

const SMALL = fixture("workflows/small_picture.json");
let endpoint;

before(async () => {
  endpoint = await startRuns();
});
after(() => endpoint.close());
beforeEach(() => forgetRequests(endpoint.url));

describe("what is sent", () => {
  test("values, by the workflow's types, with all their digits", async (context) => {
    const seed = "18446744073709551615";
    const sets = ["6-inputs-text=42", "3-inputs-steps=12", "3-inputs-cfg=6.5", `3-inputs-seed=${seed}`];
    const args = [
      "--workflow",
      SMALL,
      ...sets.flatMap((each) => ["--set", each]),
      "--set",
      '7-inputs-text=a=b "c"',
    ];
    const { code, err } = await endpoint.run(context, args);
    assert.equal(code, 0, err);
    const sent = await settledRequest(endpoint.url);
    const expected = `{"6-inputs-text":"42","3-inputs-steps":12,"3-inputs-cfg":6.5,"3-inputs-seed":${seed},"7-inputs-text":"a=b \\"c\\""}`;
    assert.equal(sent.params, expected);
    assert.deepEqual([sent.logs, sent.authorized_by, sent.workflow_api], [true, "client", null]);
  });

  test("without a workflow, JSON where it is JSON and text where it is not", async (context) => {
    const sets = ["6-inputs-text=a red fox", "3-inputs-steps=12", "3-inputs-cfg=7", '7-inputs-text="42"'];
    const more = ["3-inputs-denoise=0.5", "3-inputs-seed=123456789012345678"];
    const { code, err } = await endpoint.run(
      context,
      [...sets, ...more].flatMap((each) => ["--set", each]),
    );
    assert.equal(code, 0, err);
    const { params } = await settledRequest(endpoint.url);
    const expected =
      '{"6-inputs-text":"a red fox","3-inputs-steps":12,"3-inputs-cfg":7,"7-inputs-text":"42",' +
      '"3-inputs-denoise":0.5,"3-inputs-seed":123456789012345678}';
    assert.equal(params, expected);
  });

  test("a file alone is sent as it is", async (context) => {
    const { code, err } = await endpoint.run(context, [
      "--file",
      `52-inputs-image=${fixture("found/text.png")}`,
    ]);
    assert.equal(code, 0, err);
    const { params, files } = await settledRequest(endpoint.url);
    assert.deepEqual([params, files.length], ["{}", 1]);
  });

  test("a workflow instead of the deployed one, from JSON or from a picture", async (context) => {
    for (const file of [SMALL, fixture("found/text.png")]) {
      await forgetRequests(endpoint.url);
      const { code, err } = await endpoint.run(context, [file, "--seed", "7"]);
      assert.equal(code, 0, err);
      const sent = await settledRequest(endpoint.url);
      assert.equal(sent.params, '{"3-inputs-seed":7}');
      assert.equal(JSON.parse(sent.workflow_api)["9"].class_type, "SaveImage");
    }
  });

  test("seeds: drawn, for all, and for one by name", async (context) => {
    const drawn = await endpoint.run(context, ["--workflow", SMALL, "--seed", "random"]);
    assert.equal(drawn.code, 0, drawn.err);
    const seed = /^seed: 3-inputs-seed = (\d+)$/m.exec(drawn.err)?.[1];
    assert.equal((await settledRequest(endpoint.url)).params, `{"3-inputs-seed":${seed}}`);
    await endpoint.run(context, ["--seed", "3-inputs-seed=9", "--set", "6-inputs-text=x"]);
    assert.equal((await settledRequest(endpoint.url)).params, '{"3-inputs-seed":9,"6-inputs-text":"x"}');
    await endpoint.run(context, ["--workflow", SMALL, "--seed", "3-inputs-seed=9", "--seed", "random"]);
    assert.equal((await settledRequest(endpoint.url)).params, '{"3-inputs-seed":9}');
    await endpoint.run(context, ["--workflow", SMALL]);
    assert.match((await settledRequest(endpoint.url)).params, /^\{"3-inputs-seed":\d+\}$/);
  });

  test("values as a server's definitions allow them", async (context) => {
    const directory = ownDirectory(context);
    const [workflow, definitions] = [join(directory, "theirs.json"), join(directory, "object_info.json")];
    writeFileSync(workflow, '{"1": {"class_type": "Theirs", "inputs": {"seed": 7, "steps": 3}}}');
    const inputs = '{"seed": ["INT", {"min": 7, "max": 8}], "steps": ["INT", {"max": 4}]}';
    writeFileSync(definitions, `{"Theirs": {"input": {"required": ${inputs}}, "output": []}}`);
    const server = ["--workflow", workflow, "--object-info", definitions];
    const drawn = await endpoint.run(context, [...server, "--seed", "random"]);
    assert.equal(drawn.code, 0, drawn.err);
    assert.match((await settledRequest(endpoint.url)).params, /^\{"1-inputs-seed":[78]\}$/);
    await forgetRequests(endpoint.url);
    const refused = await endpoint.run(context, [...server, "--set", "1-inputs-steps=5"]);
    assert.equal(refused.code, 4, refused.err);
    assert.match(refused.err, /invalid_param|steps/);
    const alone = await endpoint.run(context, ["--object-info", definitions, "--set", "1-inputs-steps=4"]);
    assert.equal(alone.code, 3, alone.err);
    assert.match(alone.err, /--object-info needs the workflow/);
  });

  test("files and masks, byte for byte", async (context) => {
    const directory = ownDirectory(context);
    const [image, mask] = [join(directory, "фото 1.PNG"), join(directory, "mask.png")];
    writeFileSync(image, Buffer.alloc(300_000, 7));
    writeFileSync(mask, Buffer.alloc(100, 9));
    const args = ["--file", `52-inputs-image=${image}`, "--mask", `52-inputs-image=${mask}`];
    const { code, err } = await endpoint.run(context, [...args, "--set", "6-inputs-text=x"]);
    assert.equal(code, 0, err);
    const { files } = await settledRequest(endpoint.url);
    const told = files.map(({ name, key, size, filename, content_type }) => [
      name ?? key,
      size,
      filename,
      content_type,
    ]);
    assert.deepEqual(told[0], ["52-inputs-image", 300_000, basename(image), "image/png"]);
    assert.deepEqual(told[1].slice(0, 2), ["52-inputs-image-viewcomfymask", 100]);
    assert.equal(files.length, 2);
  });

  test("a file of parameters, as `params` writes it", async (context) => {
    const directory = ownDirectory(context);
    const path = join(directory, "workflow_api_parameters.json");
    assert.equal((await cli(["params", SMALL, "-o", path, "--ascii"])).code, 0);
    const { code, err } = await endpoint.run(context, [
      "--params",
      path,
      "--set",
      "6-inputs-text=new",
      "--workflow",
      SMALL,
    ]);
    assert.equal(code, 0, err);
    const { params } = await settledRequest(endpoint.url);
    assert.match(params, /"6-inputs-text":"new"/);
    assert.match(params, /"3-inputs-seed":851290734509127,/);
    assert.doesNotMatch(params, /class_type-info/);
  });

  test("a token instead of id and secret", async (context) => {
    const { infer } = endpoint;
    const told = await endpoint.run(context, ["--set", "6-inputs-text=x"], {
      env: { VIEWCOMFY_API_URL: infer, VIEWCOMFY_TOKEN: "wrong-token" },
    });
    assert.equal(told.code, 5);
    assert.match(told.err, /Code: unauthorized/);
    assert.ok(!told.err.includes("wrong-token"));
  });
});
