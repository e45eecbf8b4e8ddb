// Builds what the demo needs and serves it: `npm start`, or `npm start -- --port 9000` (also PORT=9000). With a deployment
// named in the environment or in .env the page runs against that one, unless `--local` is given; else against a local
// endpoint, which gets the flags that are unknown here, such as `--speed 10`. Node built-ins only before the build.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";

import { build } from "./build.js";
import { readDeployment, takeVariables } from "./deployment-settings.js";
import { buildEndpoint, endpointProgram } from "./endpoint.js";
import { Failure, main, root, say } from "./run.js";

const DEFAULT_PORT = 8787;
const HOST = "127.0.0.1";

await main(async () => {
  const { local, args } = readMode(process.argv.slice(2));
  const { wanted, rest } = readArguments(args);
  const variables = takeVariables(process.env, root);
  const deployment = local ? null : readDeployment(variables);
  if (deployment && rest.length > 0)
    throw new Failure(
      `${rest[0]} is a flag of the local endpoint, which a deployment does without: add --local`,
    );
  await build();
  if (deployment) return serveInFrontOf(deployment, await choosePort(wanted));
  await buildEndpoint();
  await serve(await choosePort(wanted), rest);
});

function readMode(args) {
  return { local: args.includes("--local"), args: args.filter((arg) => arg !== "--local") };
}

function readArguments(args) {
  const at = args.findIndex((arg) => arg === "--port" || arg.startsWith("--port="));
  if (at < 0) return { wanted: readPort(process.env.PORT), rest: args };
  const [, inline] = args[at].split("=");
  const taken = inline === undefined ? 2 : 1;
  return {
    wanted: readPort(inline ?? args[at + 1] ?? "nothing"),
    rest: [...args.slice(0, at), ...args.slice(at + taken)],
  };
}

function readPort(text) {
  if (!text) return null;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new Failure(`A port is a number from 0 (any free one) to 65535, not ${JSON.stringify(text)}`);
}

/** The wanted port or none at all; without a wish the usual one, or any free one when it is taken. */
async function choosePort(wanted) {
  const port = wanted ?? DEFAULT_PORT;
  if (port === 0 || (await isFree(port))) return port;
  if (wanted !== null)
    throw new Failure(`Port ${wanted} is taken. Leave it out to get a free one, or name another`);
  say(`start: port ${DEFAULT_PORT} is taken, so another one is used.`);
  return 0;
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, HOST, () => probe.close(() => resolve(true)));
  });
}

/** Serves the page with the proxy until this process is ended. */
async function serveInFrontOf(deployment, port) {
  const { serveDeployment } = await import("./deployment.js");
  const onFailure = (message) => say(`start: not passed on: ${message}`);
  const { url, closed, close } = await serveDeployment(deployment, { port, onFailure });
  whenEnded(close);
  say(`start: the demo runs against your deployment at ${deployment.host}; Ctrl+C ends it.`);
  if (!deployment.encrypted) say("start: its address is not https, so the credentials travel unencrypted.");
  if (deployment.linkHosts.length > 0)
    say(`start: results given as links are fetched from ${deployment.linkHosts.join(", ")}.`);
  say(`start: open ${url}/`);
  await closed;
}

/** Runs the endpoint until it or this process is ended; both end together. */
async function serve(port, rest) {
  const args = ["--port", `${port}`, "--site", root, ...rest];
  const child = spawn(endpointProgram, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  whenEnded(() => child.kill("SIGTERM"));
  const lines = createInterface({ input: child.stdout });
  const closed = once(child, "close");
  const first = await Promise.race([once(lines, "line").then(([line]) => line), closed.then(() => "")]);
  const url = /^local endpoint: (\S+)$/.exec(first)?.[1];
  if (!url) throw new Failure(`The local endpoint did not start${first ? `; it said: ${first}` : ""}`);
  lines.on("line", say);
  say("start: the demo runs against a local endpoint that stands in for a deployment; Ctrl+C ends it.");
  say("start: to run it against a deployment of yours, see .env.example.");
  say(`start: open ${url}/`);
  await closed;
}

/**
 * Calls `end` when this process is told to end. A signal to npm ends npm and its shell but is not handed on, so this
 * process looks for its parent as well.
 */
function whenEnded(end) {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, end);
  process.on("exit", end);
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) end();
  }, 500);
  watch.unref();
}
