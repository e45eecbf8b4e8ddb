// `run` of the command line against an endpoint for one test, and servers with given responses.

import assert from "node:assert/strict";

import { cli, ownDirectory } from "./cli.js";
import { startRawServer } from "./raw-server.js";
import { startSmallEndpoint } from "./small-endpoint.js";

const SECRET = "local-secret";

/**
 * An endpoint, and the command with the environment that points to it. Checks that no output contains the secret.
 *
 * @returns {Promise<{ url: string, infer: string, env: Record<string, string>, close(): Promise<void>,
 *   run(context: any, args: string[], options?: any): Promise<any> }>} `run` gives the `directory` it ran in as well
 */
export async function startRuns() {
  const { url, close } = await startSmallEndpoint({ speed: 200 });
  const infer = `${url}/infer`;
  const env = { VIEWCOMFY_API_URL: infer, VIEWCOMFY_CLIENT_ID: "local-id", VIEWCOMFY_CLIENT_SECRET: SECRET };
  async function run(context, args, options = {}) {
    const directory = options.cwd ?? ownDirectory(context);
    const told = await cli(["run", ...args], { env, cwd: directory, ...options });
    assert.ok(!`${told.out}${told.err}`.includes(SECRET), told.err);
    return { ...told, directory };
  }
  return { url, infer, env, close, run };
}

/** A server that sends these outputs after the other events. */
export async function startAnswering(context, { outputs = [], status = "success", before = [] }) {
  const result = JSON.stringify({ status, completed: true, outputs });
  const server = await startRawServer(() => ({
    chunks: [...before, `event: prompt_result\ndata: ${result}\n\n`],
  }));
  context.after(() => server.close());
  return server.url;
}
