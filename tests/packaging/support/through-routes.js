// Runs through the routes to the cloud API and to ComfyUI: they come to their picture, and say what is missing for the live log.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { installedDirectory } from "../../../scripts/packaging.js";
import { PATIENCE } from "../../support/patience.js";
import { environmentOf } from "./site.js";

/** The endpoint's cloud API and its ComfyUI server, as the apps' environment names them. */
export function routesEnvironment(endpoint) {
  return {
    ...environmentOf(endpoint),
    VIEWCOMFY_API_URL: `${endpoint}/infer?cloud=1`,
    VIEWCOMFY_CLOUD_URL: `${endpoint}/cloud`,
    COMFYUI_URL: `${endpoint}/comfyui`,
  };
}

/**
 * @param {string} url the server's address
 * @param {{ hasSocket: boolean }} runtime whether it has a WebSocket of its own
 */
export async function checkRoutes(url, { hasSocket }) {
  const file = join(installedDirectory, "node_modules", "viewcomfy-wasm", "node.js");
  const { default: init, ViewComfyClient } = await import(pathToFileURL(file).href);
  await init();
  const workflowApi = readFileSync(new URL("../../fixtures/workflows/small_picture.json", import.meta.url));
  const params = { "6-inputs-text": "a red fox", "3-inputs-seed": "random" };
  async function logOf(path) {
    const client = new ViewComfyClient({ endpoint: `${url}${path}` });
    const log = [];
    const signal = AbortSignal.timeout(PATIENCE.timeout);
    const onLog = (line) => log.push(line);
    const result = await client.inferWithLogs({ workflowApi, params, onLog, signal });
    assert.ok((await result.outputs[0].blob()).size > 100, path);
    return log.join("\n");
  }
  assert.match(await logOf("/api/cloud"), /^No live log \(.*socket\.io-client/);
  assert.match(
    await logOf("/api/comfyui"),
    hasSocket ? /^Prompt executed in/m : /^No live messages from ComfyUI \(.*install the package "ws"/,
  );
}
