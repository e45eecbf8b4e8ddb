// The programs that the page offers for a run: each is run, and sends what the page would send.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";

import { transform } from "esbuild";

import { curlFor } from "../../www/code/curl.js";
import { htmlFor } from "../../www/code/html.js";
import { javascriptFor } from "../../www/code/javascript.js";
import { pythonFor } from "../../www/code/python.js";
import { reactFor } from "../../www/code/react.js";
import { terminalFor } from "../../www/code/terminal.js";
import { fixture, ownDirectory, PROGRAM } from "../support/cli.js";
import { startRuns } from "../support/cli-run.js";
import { startIn } from "../support/guide.js";
import { forgetRequests, settledRequest } from "../support/requests.js";

const PICTURE = fixture("found/text.png");
const HOSTILE = `it's "quoted"; $(touch pwned) \`x\` # \\ \n é 😀 , = @in.png`;
const PARAMS = {
  "3-inputs-seed": 18446744073709551615n,
  "3-inputs-steps": 12,
  "3-inputs-cfg": 6.5,
  "6-inputs-text": HOSTILE,
  "7-inputs-text": "random",
  "9-inputs-on": true,
  "9-inputs-none": null,
  "9-inputs-list": [1, { a: "b" }],
};
const WORKFLOW = {
  3: { class_type: "KSampler", inputs: { seed: 1, steps: 1, cfg: 1 } },
  6: { class_type: "CLIPTextEncode", inputs: { text: "" } },
  7: { class_type: "CLIPTextEncode", inputs: { text: "" } },
  9: { class_type: "Theirs", inputs: { on: false, none: null, list: [], image: "a.png" } },
};
const NAME = "my workflow, it's; 1.json";
let endpoint;

before(async () => {
  endpoint = await startRuns();
});
after(() => endpoint.close());
beforeEach(() => forgetRequests(endpoint.url));

const parts = (more) => ({ workflowName: NAME, params: PARAMS, sendWorkflow: true, stream: false, ...more });
const has = (command, ...args) => spawnSync(command, args).status === 0;
const hasCurl = has("curl", "--version") && has("jq", "--version");
const python = ["python3", "python"].find((name) => has(name, "-c", "import requests"));

/** Runs a program in a directory that has the workflow and a picture; gives the directory. */
async function ran(context, command, args) {
  const directory = ownDirectory(context);
  writeFileSync(join(directory, NAME), JSON.stringify(WORKFLOW));
  copyFileSync(PICTURE, join(directory, "in, 1.png"));
  copyFileSync(PICTURE, join(directory, "mask.png"));
  mkdirSync(join(directory, "pictures"));
  const told = await startIn(directory, command, args, endpoint.env);
  assert.equal(told.code, 0, told.stderr);
  assert.ok(!readdirSync(directory).includes("pwned"));
  return directory;
}

const programs = {
  curl: {
    write: curlFor,
    run: (context, text) => ran(context, "bash", ["-e", "-c", text]),
    skip: !hasCurl && "curl or jq is not there",
  },
  Python: {
    write: pythonFor,
    run: (context, text) => ran(context, /** @type {string} */ (python), ["-c", text]),
    skip: !python && "Python's requests is not there",
  },
  "the command line": {
    write: terminalFor,
    run: (context, text) =>
      ran(context, "bash", [
        "-e",
        "-c",
        text.replace("npx viewcomfy-wasm", `"${process.execPath}" "${PROGRAM}"`),
      ]),
    skip: process.platform === "win32" && "there is no bash",
  },
};

for (const [name, { write, run, skip }] of Object.entries(programs)) {
  describe(name, { skip }, () => {
    test("sends every value as it is, and the workflow", async (context) => {
      await run(context, write(parts({})));
      const { params, workflow_api } = await settledRequest(endpoint.url);
      assert.match(params, /"3-inputs-seed": ?18446744073709551615[,}]/);
      const sent = JSON.parse(params.replace(/18446744073709551615/, '"$&"'));
      assert.deepEqual(sent, { ...PARAMS, "3-inputs-seed": "18446744073709551615" });
      assert.deepEqual(JSON.parse(workflow_api), WORKFLOW);
    });

    test("draws a seed, and runs the deployed workflow", async (context) => {
      const params = { "3-inputs-seed": "random", "6-inputs-text": "random" };
      await run(context, write(parts({ params, sendWorkflow: false })));
      const sent = await settledRequest(endpoint.url);
      assert.match(sent.params, /^\{"3-inputs-seed": ?\d+, ?"6-inputs-text": ?"random"\}$/);
      assert.equal(sent.workflow_api ?? null, null);
    });

    test("sends files and masks", async (context) => {
      const bytes = [readFileSync(PICTURE)];
      const image = new File(bytes, "in, 1.png");
      const params = {
        "6-inputs-text": "x",
        "9-inputs-image": { image, mask: new File(bytes, "mask.png") },
      };
      await run(context, write(parts({ params })));
      const { files } = await settledRequest(endpoint.url);
      const told = files.map(({ name, key, size, filename }) => [name ?? key, size, filename]);
      assert.deepEqual(told, [
        ["9-inputs-image", bytes[0].length, "in, 1.png"],
        ["9-inputs-image-viewcomfymask", bytes[0].length, "mask.png"],
      ]);
    });

    test("takes the secret from the environment, and calls the page's own route without one", () => {
      const direct = write(parts({}));
      assert.match(direct, /VIEWCOMFY_CLIENT_SECRET/);
      const route = {
        endpoint: "/api/viewcomfy",
        links: false,
        address: "http://127.0.0.1:8787/api/viewcomfy",
      };
      const text = write(parts({ route, backend: { kind: "comfyui", host: "127.0.0.1:8188" } }));
      assert.doesNotMatch(text, /CLIENT_SECRET/);
      assert.match(text, /http:\/\/127\.0\.0\.1:8(?:787\/api\/viewcomfy|188)/);
    });
  });
}

describe("JavaScript and React", () => {
  const routes = [
    null,
    { endpoint: "/api/viewcomfy", links: false },
    { endpoint: "/api/viewcomfy", links: true },
  ];
  for (const write of [javascriptFor, reactFor]) {
    test(`${write.name} writes a program, whatever the values are`, async () => {
      const file = new File(["x"], 'a"\n`b.png');
      for (const route of routes) {
        for (const params of [
          PARAMS,
          {},
          { "1-inputs-image": file, "2-inputs-image": { image: file, mask: file } },
        ]) {
          for (const more of [{ stream: true }, { sendWorkflow: false }]) {
            const text = write(parts({ route, params, ...more }));
            const { warnings } = await transform(text, { loader: "jsx", format: "esm", target: "es2022" });
            assert.deepEqual(warnings, [], text);
          }
        }
      }
    });
  }
});

describe("HTML", () => {
  const tags = { fileName: null, isDesigned: false, values: {}, definitions: null };
  const html = (more) =>
    htmlFor({ workflowName: NAME, params: {}, sendWorkflow: true, stream: true, ...more });

  /** What the script of the lines gives the tag, which is run as a page would run it. */
  async function givenBy(text) {
    const script = /<script type="module">\n([\s\S]*)<\/script>$/.exec(text)?.[1] ?? "";
    assert.doesNotMatch(script, /</);
    const app = /** @type {any} */ ({});
    const page = { querySelector: (name) => name === "viewcomfy-app" && app };
    const fetched = async (address) => ({ text: async () => `the text of ${address}` });
    const run = Object.getPrototypeOf(async () => {}).constructor("document", "fetch", script);
    await run(page, fetched);
    return app;
  }

  test("both tags have the address of the file, and only what is sent is named", () => {
    const address = "/my%20workflow%2C%20it's%3B%201.json";
    const text = html({});
    assert.equal(text.split(`src="${address}"`).length, 3);
    assert.match(text, /<script type="module" src="[^"]+\/viewcomfy-wasm\/element\.js"><\/script>/);
    assert.match(text, /^ {2}send-workflow$/m);
    assert.match(text, /a secret in a page is public/);
    assert.doesNotMatch(html({ sendWorkflow: false }), /send-workflow/);
    assert.doesNotMatch(text, /querySelector/);
  });

  test("a picture is what is looked at, and the form has the API format beside it", () => {
    const text = html({ tags: { ...tags, fileName: 'a "b" \ud800<.png' } });
    assert.match(text, /<viewcomfy-app\n {2}src="\/my%20workflow[^"]+"/);
    assert.match(text, /<comfy-workflow\n {2}src="\/a%20%22b%22%20%EF%BF%BD%3C\.png"\n>/);
    const designed = html({ tags: { ...tags, fileName: "view_comfy.json", isDesigned: true } });
    assert.equal(designed.split('src="/view_comfy.json"').length, 3);
  });

  test("values, definitions and links are given by a script that nothing in them can end", async () => {
    const hostile = "</script><!-- <script> \u2028 \\u003c";
    const file = new File(["x"], "in\n</script>.png");
    const values = {
      ...PARAMS,
      "3-inputs-sampler": "random",
      "6-inputs-text": hostile,
      "9-inputs-image": file,
    };
    const route = { endpoint: '/api/a"b&c', links: true };
    const text = html({ route, tags: { ...tags, values, definitions: {} } });
    assert.match(text, /endpoint="\/api\/a&quot;b&amp;c"/);
    const app = await givenBy(text);
    const { "9-inputs-image": _, ...given } = values;
    assert.deepEqual(app.values, given);
    assert.equal(app.definitions, "the text of /api/object_info");
    assert.equal(app.clientOptions.rewriteUrl("x y"), '/api/a"b&c?url=x%20y');
    assert.match(text, /is chosen in the form: 9-inputs-image/);
    const ofComfyUI = await givenBy(
      html({ route, backend: { kind: "comfyui" }, tags: { ...tags, definitions: {} } }),
    );
    assert.equal(ofComfyUI.definitions, 'the text of /api/a"b&c?object_info');
  });
});
