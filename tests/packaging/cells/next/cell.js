// Next.js: a client component that is rendered on the server too, and route handlers; with both bundlers.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { toolPath } from "../../../../scripts/packaging.js";
import { requests } from "../../../support/requests.js";
import { KEYS } from "../../support/checks.js";
import { checkPage } from "../../support/page.js";
import { runToEnd, startServer } from "../../support/processes.js";
import { environmentOf } from "../../support/site.js";
import { checkProxy } from "../../support/through-proxy.js";

const next = () => toolPath("next/dist/bin/next");

async function buildAndCheck(bundler, { directory, endpoint }) {
  const options = { cwd: directory, env: environmentOf(endpoint) };
  await runToEnd(process.execPath, [next(), "build", bundler], options);
  const args = [next(), "start", "--hostname", "127.0.0.1", "--port", "0"];
  const server = await startServer(process.execPath, args, options);
  try {
    await checkServerSide(server.url, directory);
    await checkPage(`${server.url}/`, { endpoint, inspects: false });
    assert.equal((await requests(endpoint)).length, 1);
    await checkProxy(server.url, endpoint);
  } finally {
    await server.close();
  }
}

/** The page comes with the component's first state in it, and the route flattens. */
async function checkServerSide(url, directory) {
  const page = await fetch(`${url}/`);
  assert.match(await page.text(), /<p id="status">idle<\/p>/);
  const body = readFileSync(join(directory, "workflow_api.json"));
  const response = await fetch(`${url}/api/keys`, { method: "POST", body });
  assert.deepEqual(await response.json(), KEYS);
}

export default [
  {
    where: "Next.js {next}, Turbopack",
    setting: null,
    run: (place) => buildAndCheck("--turbopack", place),
  },
  {
    where: "Next.js {next}, webpack",
    setting: "A route that flattens by itself imports `viewcomfy-wasm/inline`; page and proxy need nothing.",
    run(place) {
      const route = join(place.directory, "app", "api", "keys", "route.js");
      writeFileSync(
        route,
        readFileSync(route, "utf8").replace('"viewcomfy-wasm"', '"viewcomfy-wasm/inline"'),
      );
      return buildAndCheck("--webpack", place);
    },
  },
].map((cell) => ({ ...cell, tried: "client, react, proxy" }));
