// A secret with characters that JSON and addresses write differently is in nothing that the command line shows or saves.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";

import { cli, ownDirectory } from "../support/cli.js";
import { startAnswering } from "../support/cli-run.js";
import { startRawServer } from "../support/raw-server.js";

const SECRETS = {
  quoted: 'se"cret\\of the"pair',
  plain: "secret-of-the-pair",
  marked: "se/cret?of&the=pair",
};

/** Nothing of it, as it is or as somebody writes it. */
function assertNothingOf(secret, text) {
  for (const form of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
    assert.ok(!text.includes(form), text);
}

async function ran(context, secret, address, more) {
  const env = { VIEWCOMFY_API_URL: address, VIEWCOMFY_CLIENT_ID: "an-id", VIEWCOMFY_CLIENT_SECRET: secret };
  const directory = ownDirectory(context);
  const told = await cli(["run", "--set", "6-inputs-text=x", "--out", "made", ...more], {
    env,
    cwd: directory,
  });
  return { ...told, names: readdirSync(join(directory, "made")) };
}

for (const [kind, secret] of Object.entries(SECRETS)) {
  describe(`a secret that is ${kind}`, () => {
    const outputs = [
      { filename: `${secret}.txt`, content_type: `text/plain; x=${secret}`, data: "eA==", size: 1 },
      {
        filename: "link.txt",
        content_type: "text/plain",
        filepath: `data:${encodeURIComponent(secret)}`,
        size: 1,
      },
    ];
    const before = [
      `event: log_message\ndata: it is ${secret}\n\n`,
      `event: error\ndata: wrong: ${secret}\n\n`,
    ];

    test("in a result, as JSON", async (context) => {
      const address = await startAnswering(context, { outputs, status: secret, before });
      const { out, err, names } = await ran(context, secret, address, ["--json", "--verbose"]);
      assertNothingOf(secret, `${out}${err}${names}`);
      const { status, outputs: told } = JSON.parse(out);
      assert.equal(status, "[secret]");
      assert.equal(told[0].path, join("made", "[secret].txt"));
      assert.deepEqual(names, ["[secret].txt"]);
      assert.match(told[1].url, /^data:\[secret\]$/);
    });

    test("in a result, as paths", async (context) => {
      const address = await startAnswering(context, { outputs, before });
      const { out, err, names } = await ran(context, secret, address, ["--verbose"]);
      assertNothingOf(secret, `${out}${err}`);
      assert.equal(out, `${join("made", "[secret].txt")}\n`);
      assert.deepEqual(names, ["[secret].txt"]);
    });

    for (const json of [true, false]) {
      test(`in a refusal, ${json ? "as JSON" : "as text"}`, async (context) => {
        const body = JSON.stringify({ detail: { errorMsg: `no ${secret}`, errorDetails: [`is ${secret}`] } });
        const headers = { "content-type": "application/json" };
        const server = await startRawServer(() => ({ chunks: [body], status: 422, headers }));
        context.after(() => server.close());
        const { code, out, err } = await ran(context, secret, server.url, json ? ["--json"] : []);
        assert.equal(code, 5, err);
        assertNothingOf(secret, `${out}${err}`);
        assert.match(err, /\[secret\]/);
        if (json) JSON.parse(err);
      });
    }
  });
}
