// `schema`: what it writes is what validators of the standards take, and what a run sends keeps to it.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";

import init, { buildParams } from "../../pkg/node.js";
import { assertBlock, cli, fixture } from "../support/cli.js";
import { OBJECT_INFO, WORKFLOW } from "../support/cli-types.js";
import { CREDENTIALS, startProxy } from "../support/proxy.js";
import { startSmallEndpoint } from "../support/small-endpoint.js";
import { ownWorkflows } from "../support/workflows.js";

const EXAMPLE = fixture("../../www/examples/text-to-image.json");
const EDIT = fixture("../../www/examples/edit-image.json");
const SMALL = fixture("workflows/small_picture.json");
const LARGEST = "18446744073709551615";

before(() => init());

/** What the command writes, as text. */
async function written(file, ...args) {
  const input = typeof file === "string" ? undefined : JSON.stringify(file);
  const { code, out, err } = await cli(["schema", input === undefined ? file : "-", ...args], { input });
  assert.deepEqual([code, err], [0, ""]);
  return out;
}

async function schemaOf(file, ...args) {
  return JSON.parse(await written(file, ...args));
}

/** Takes a value as the schema says; strict: a keyword that the standard does not know is an error. */
function validatorOf(schema) {
  const ajv = new Ajv2020({
    strict: true,
    allowUnionTypes: true,
    allErrors: true,
    formats: { "uri-reference": true },
  });
  return ajv.compile(schema);
}

describe("the JSON Schema", () => {
  test("tells title, type, range and present value of each key, every digit kept", async () => {
    const text = await written(EXAMPLE);
    assert.match(text, new RegExp(`"maximum": ${LARGEST}[,\\n]`));
    assert.match(text, /"default": 11400714819323198485\n/);
    const { $schema, title, type, properties, additionalProperties } = JSON.parse(text);
    assert.equal($schema, "https://json-schema.org/draft/2020-12/schema");
    assert.deepEqual(
      [title, type, additionalProperties],
      ["Parameters of text-to-image.json", "object", false],
    );
    assert.deepEqual(properties["5-inputs-width"], {
      title: `${titleOf(properties["5-inputs-width"])}: width`,
      type: "integer",
      minimum: 16,
      maximum: 16384,
      multipleOf: 8,
      default: 768,
    });
    assert.deepEqual(properties["6-inputs-clip"].default, ["4", 1]);
    assert.equal(properties["6-inputs-text"].type, "string");
  });

  test("takes the seed's range of the whole 64 bits where the class is not known", async () => {
    const text = await written({ 1: { class_type: "NobodyKnowsIt", inputs: { seed: 7 } } });
    assert.match(text, new RegExp(`"minimum": 0,\\s+"maximum": ${LARGEST}`));
  });

  test("has files as bytes that nothing encodes", async () => {
    const { properties } = await schemaOf(EDIT);
    const { type, contentMediaType, contentEncoding } = properties["1-inputs-image"];
    assert.deepEqual(
      [type, contentMediaType, contentEncoding],
      ["string", "application/octet-stream", undefined],
    );
  });

  test("has a server's choices and explanations", async () => {
    const { properties } = await schemaOf(WORKFLOW, "--object-info", OBJECT_INFO);
    assert.ok(properties["3-inputs-sampler_name"].enum.includes("euler"));
    assert.ok(Object.values(properties).some(({ description }) => description));
    assert.ok(
      properties["3-inputs-denoise"].anyOf.some(({ type }) => type === "number"),
      "a linked value",
    );
  });

  test("gives way to a value that ran, unless the server's own definitions speak", async () => {
    const odd = { 3: { class_type: "KSampler", inputs: { steps: 20_000, cfg: "8", seed: 1 } } };
    const { properties } = await schemaOf(odd);
    assert.deepEqual(
      [properties["3-inputs-steps"].maximum, properties["3-inputs-cfg"].type],
      [undefined, ["number", "string"]],
    );
    const told = await schemaOf(odd, "--object-info", OBJECT_INFO);
    assert.equal(told.properties["3-inputs-steps"].maximum, 10_000);
  });

  for (const { name, bytes } of ownWorkflows) {
    test(`of ${name} is valid, and so are the workflow's own values`, async () => {
      const schema = await schemaOf(JSON.parse(bytes.toString("utf8").replace(/^\ufeff/, "")));
      const validate = validatorOf(schema);
      const defaults = Object.entries(schema.properties).filter(([, each]) => "default" in each);
      const values = Object.fromEntries(defaults.map(([key, each]) => [key, each.default]));
      assert.ok(validate(values), JSON.stringify(validate.errors));
    });
  }

  test("takes what a run sends, and refuses wrong values", async () => {
    const validate = validatorOf(await schemaOf(EXAMPLE));
    const params = { "6-inputs-text": "a red fox", "3-inputs-seed": "random", "3-inputs-cfg": 6.55 };
    const { json } = buildParams(params);
    assert.ok(validate(JSON.parse(json)), JSON.stringify(validate.errors));
    const wrong = [
      { "6-inputs-txt": "a typo" },
      { "6-inputs-text": 42 },
      { "3-inputs-seed": "random" },
      { "3-inputs-seed": -1 },
      { "3-inputs-steps": 0 },
      { "3-inputs-steps": 10_001 },
      { "3-inputs-steps": 20.5 },
      { "3-inputs-cfg": 100.5 },
      { "5-inputs-width": 770 },
      { "6-inputs-clip": ["4"] },
      { "6-inputs-clip": ["4", -1] },
      { "6-inputs-clip": ["4", 1, 2] },
    ];
    for (const values of wrong) assert.ok(!validate(values), JSON.stringify(values));
  });
});

function titleOf({ title }) {
  return title.slice(0, title.lastIndexOf(": "));
}

describe("the OpenAPI description", () => {
  let endpoint;
  let proxy;
  before(async () => {
    endpoint = await startSmallEndpoint({ speed: 200 });
    proxy = await startProxy({ endpoint: `${endpoint.url}/infer`, ...CREDENTIALS });
  });
  after(async () => {
    await proxy?.close();
    await endpoint?.close();
  });

  const described = (file, ...args) => schemaOf(file, "--openapi", ...args);

  for (const { name, bytes } of ownWorkflows) {
    test(`of ${name} is valid`, async () => {
      const document = await described(JSON.parse(bytes.toString("utf8").replace(/^\ufeff/, "")));
      const { valid, errors } = await new Validator().validate(document);
      assert.ok(valid, JSON.stringify(errors));
    });
  }

  test("has the route, its files and their masks", async () => {
    const { paths } = await described(EDIT, "--route", "/run");
    assert.deepEqual(Object.keys(paths), ["/run"]);
    const { schema, encoding } = paths["/run"].post.requestBody.content["multipart/form-data"];
    const files = Object.keys(schema.properties).filter(
      (name) => schema.properties[name].format === "binary",
    );
    assert.deepEqual(files, ["1-inputs-image", "1-inputs-image-viewcomfymask"]);
    assert.deepEqual(
      files.map((name) => encoding[name].contentType),
      ["image/*", "image/png"],
    );
    const queries = paths["/run"].get.parameters.map(({ name }) => name);
    assert.deepEqual(queries, ["resume", "prompt_ids", "url", "view"]);
  });

  test("holds for a run by a client of another make, its answers and its refusals", async () => {
    const document = await described(SMALL);
    const $defs = JSON.parse(
      JSON.stringify(document.components.schemas).replaceAll("#/components/schemas/", "#/$defs/"),
    );
    const is = (name) => validatorOf({ $ref: `#/$defs/${name}`, $defs });
    const params = `{"3-inputs-seed":${LARGEST}}`;
    assert.ok(is("Parameters")(JSON.parse(params)));

    const plain = await send({ params, logs: "false" });
    assert.equal(plain.status, 201);
    const isResult = is("PromptResult");
    const result = await plain.json();
    assert.ok(isResult(result), JSON.stringify(isResult.errors));
    assert.ok(result.outputs.length > 0);

    const streamed = await send({ params, logs: "true" });
    assert.deepEqual(
      [streamed.status, streamed.headers.get("content-type").split(";")[0]],
      [201, "text/event-stream"],
    );
    assert.match(await streamed.text(), /event: prompt_result/);

    const isRefusal = is("Refusal");
    for (const refused of [
      await send({ params: "[]", logs: "false" }),
      await fetch(proxy.url, { method: "PUT" }),
    ]) {
      assert.ok(
        String(refused.status) in document.paths["/api/viewcomfy"].post.responses,
        `${refused.status}`,
      );
      assert.ok(isRefusal(await refused.json()), JSON.stringify(isRefusal.errors));
    }
    assert.ok(!is("PromptResult")({ outputs: [{ data: 1 }] }));
  });

  /** A form as generated clients write it: parts with their content types. */
  function send(parts) {
    const types = { params: "\r\ncontent-type: application/json" };
    const lines = Object.entries(parts).map(
      ([name, value]) =>
        `--edge\r\ncontent-disposition: form-data; name="${name}"${types[name] ?? ""}\r\n\r\n${value}\r\n`,
    );
    const headers = { "content-type": "multipart/form-data; boundary=edge" };
    return fetch(proxy.url, { method: "POST", headers, body: `${lines.join("")}--edge--\r\n` });
  }
});

describe("mistakes", () => {
  test("a route is a path, and only the description has one", async () => {
    assertBlock(await cli(["schema", EXAMPLE, "--route", "/run"]), 3, "usage");
    assertBlock(await cli(["schema", EXAMPLE, "--openapi", "--route", "https://x.example/run"]), 3, "usage");
  });

  test("the file that is read is not written to", async () => {
    assertBlock(await cli(["schema", EXAMPLE, "-o", EXAMPLE]), 3, "usage");
  });
});
