// The hook where there is no page: a server renders it as idle and asks for nothing.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { createElement } from "react";
import { renderToString } from "react-dom/server";
import init, { isViewComfyError, ViewComfyClient } from "../../pkg/node.js";
import { useInfer } from "../../pkg/react.js";
import { forgetRequests, pause, requests } from "../support/requests.js";
import { startSmallEndpoint } from "../support/small-endpoint.js";

function render(client, options) {
  let hook;
  function App() {
    hook = useInfer(client, options);
    return createElement("output", null, hook.status, " ", hook.logs.length);
  }
  return { text: renderToString(createElement(App)), hook };
}

test("a server renders idle, with a client and without", async () => {
  await init();
  const endpoint = await startSmallEndpoint({ speed: 200 });
  try {
    await forgetRequests(endpoint.url);
    const client = new ViewComfyClient({ endpoint: `${endpoint.url}/infer`, token: "local-token" });
    for (const given of [client, null]) {
      const { text, hook } = render(given);
      assert.equal(text, "<output>idle<!-- --> <!-- -->0</output>");
      const { run, cancel, ...shown } = hook;
      assert.deepEqual(shown, { status: "idle", progress: null, logs: [], result: null, error: null });
      assert.deepEqual([typeof run, typeof cancel], ["function", "function"]);
    }
    await pause(50);
    assert.deepEqual(await requests(endpoint.url), []);
  } finally {
    await endpoint.close();
  }
});

test("an option of the wrong kind is refused while rendering", () => {
  for (const maxLogs of [-1, Number.NaN, "all"]) {
    const refused = (error) =>
      isViewComfyError(error) && error.code === "invalid_param" && error.key === "maxLogs";
    assert.throws(() => render(null, { maxLogs }), refused);
  }
});

test("the entry is for client components, and needs React alone", async () => {
  const text = await readFile(new URL("../../pkg/react.js", import.meta.url), "utf8");
  assert.match(text, /^"use client";/);
  const imported = [...text.matchAll(/\b(?:from|import)\s*\(?"([^"]+)"/g)].map(([, name]) => name);
  assert.deepEqual(imported, ["react"]);
});
