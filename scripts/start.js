// Builds what the demo needs and serves it: `npm start`, or `npm start -- --port 9000` (also PORT=9000). With a deployment
// named in the environment or in .env, the page runs workflows there; with `--cloud` through the cloud API; with
// `--comfyui http://127.0.0.1:8188` on that ComfyUI server; without any of these, or with `--local`, on a local endpoint that
// stands in for a deployment and gets the flags that are unknown here, such as `--speed 10`. With several of `--local`,
// `--deployment`, `--cloud` and `--comfyui` the page offers a choice. Node built-ins only before the build.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

import { build } from "./build.js";
import { readDeployment, takeVariables } from "./deployment-settings.js";
import { buildEndpoint, endpointProgram } from "./endpoint.js";
import { firstStart } from "./first-start.js";
import { Failure, main, root, say, seconds } from "./run.js";

const DEFAULT_PORT = 8787;
const HOST = "127.0.0.1";
/** The credentials that the local endpoint accepts. */
const LOCAL_CREDENTIALS = { clientId: "local-id", clientSecret: "local-secret" };

await main(async () => {
  const { asked, comfyui, args } = readAsked(process.argv.slice(2));
  const { wanted, rest } = readArguments(args);
  const variables = takeVariables(process.env, root);
  const places = placesOf(asked, variables);
  if (rest.length > 0 && !places.has("local")) throw new Failure(foreignFlag(rest[0], places));
  await buildAll(places.has("local"));
  const port = await choosePort(wanted);
  if (places.size === 1 && places.has("local")) return serveStandIn(port, rest);
  await serve(places, { comfyui, variables, port, rest });
});

/** Builds what is served; the first time, it prints how long that takes. */
async function buildAll(local) {
  const lines = firstStart({ local });
  const begin = performance.now();
  for (const line of lines) say(line);
  await build();
  if (local) await buildEndpoint();
  if (lines.length > 0) say(`start: built in ${seconds(begin)}.`);
}

/** The places to run that the arguments ask for, and the addresses of ComfyUI servers. */
function readAsked(given) {
  let args = given;
  const comfyui = [];
  for (
    let found = takeOption(args, "--comfyui");
    found.value !== null;
    found = takeOption(args, "--comfyui")
  ) {
    args = found.rest;
    if (!/^https?:\/\//.test(found.value))
      throw new Failure("--comfyui takes the address of a ComfyUI server, such as http://127.0.0.1:8188");
    comfyui.push(found.value);
  }
  const flags = ["local", "deployment", "cloud"].filter((name) => args.includes(`--${name}`));
  const asked = new Set([...flags, ...(comfyui.length > 0 ? ["comfyui"] : [])]);
  return { asked, comfyui, args: args.filter((arg) => !flags.some((name) => arg === `--${name}`)) };
}

/** The places that were asked for; otherwise the deployment of the variables, or the local endpoint. */
function placesOf(asked, variables) {
  if (asked.size === 0) return new Set([readDeployment(variables) ? "deployment" : "local"]);
  const needing = ["deployment", "cloud"].find((name) => asked.has(name));
  if (needing && !readDeployment(variables))
    throw new Failure(`--${needing} runs on a deployment of yours: set the variables of .env.example first`);
  return asked;
}

function foreignFlag(flag, places) {
  const does = places.has("comfyui") ? "a ComfyUI server does" : "a deployment does";
  return `${flag} is a flag of the local endpoint, which ${does} without: add --local`;
}

/** An option with its value, `--name value` or `--name=value`; null if it is missing. */
function takeOption(args, name) {
  const at = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`));
  if (at < 0) return { value: null, rest: args };
  const inline = args[at].startsWith(`${name}=`) ? args[at].slice(name.length + 1) : undefined;
  const taken = inline === undefined ? 2 : 1;
  return {
    value: inline ?? args[at + 1] ?? "",
    rest: [...args.slice(0, at), ...args.slice(at + taken)],
  };
}

function readArguments(args) {
  const { value, rest } = takeOption(args, "--port");
  return { wanted: readPort(value === null ? process.env.PORT : value || "nothing"), rest };
}

function readPort(text) {
  if (!text) return null;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new Failure(`A port is a number from 0 (any free one) to 65535, not ${JSON.stringify(text)}`);
}

/** Listens on the wanted port or fails; without a wanted port on the default one, or on any free one if that is in use. */
async function choosePort(wanted) {
  const port = wanted ?? DEFAULT_PORT;
  if (port === 0 || (await isFree(port))) return port;
  if (wanted !== null)
    throw new Failure(`Port ${wanted} is in use. Leave it out to get a free one, or choose another`);
  say(`start: port ${DEFAULT_PORT} is in use, so another one is used.`);
  return 0;
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, HOST, () => probe.close(() => resolve(true)));
  });
}

/** Serves the page as the package's own command does, with a route to each place, until this process is ended. */
async function serve(places, { comfyui, variables, port, rest }) {
  const child = places.has("local") ? await startEndpoint(0, rest) : null;
  // Only now, so that nothing that was started before has the secret.
  Object.assign(process.env, variables);
  const { startServing } = await import("../pkg/src/cli/serving.js");
  const { backendsOf } = await import("../pkg/src/cli/backend.js");
  const options = { deployment: places.has("deployment"), cloud: places.has("cloud") };
  const isElsewhere = options.deployment || options.cloud || comfyui.length > 0;
  const given = { ...options, comfyui: comfyui.length > 0 ? comfyui : undefined };
  const serving = await startServing(isElsewhere ? backendsOf(given, "start") : [], {
    places: { library: folder("pkg"), page: folder("www") },
    command: "npm start",
    ...{ host: HOST, ports: [port] },
    more: child ? [await standInAt(child.url)] : [],
    onFailure: ({ message }) => say(`start: not passed on: ${message}`),
  }).catch((error) => {
    throw new Failure(`The page cannot be served: ${error instanceof Error ? error.message : "unknown"}`);
  });
  whenEnded(async () => {
    child?.end();
    await serving.close();
    process.exit();
  });
  const needsDeployment = options.deployment || options.cloud;
  tell(serving, needsDeployment ? readDeployment(variables) : null);
  await serving.closed;
}

function tell({ words, address }, deployment) {
  say(`start: the demo runs workflows on ${words}; Ctrl+C ends it.`);
  if (deployment && !deployment.encrypted)
    say("start: the deployment's address is not https, so the credentials are sent unencrypted.");
  if (deployment && deployment.linkHosts.length > 0)
    say(`start: results given as links are downloaded from ${deployment.linkHosts.join(", ")}.`);
  say(`start: open ${address}`);
}

function folder(name) {
  return pathToFileURL(`${join(root, name)}/`);
}

/** Starts the local endpoint behind the proxy, like a deployment. */
async function standInAt(url) {
  const { createProxy } = await import("../pkg/proxy.js");
  const route = createProxy({ endpoint: `${url}/infer`, ...LOCAL_CREDENTIALS });
  return { kind: /** @type {const} */ ("local"), host: new URL(url).host, linkHosts: [], route };
}

/** Serves the page from the local endpoint itself, until that or this process exits; both exit together. */
async function serveStandIn(port, rest) {
  const { url, lines, closed, end } = await startEndpoint(port, rest);
  whenEnded(end);
  lines.on("line", say);
  say("start: the demo runs against a local endpoint that stands in for a deployment; Ctrl+C ends it.");
  say("start: to run it against a deployment of yours, see .env.example.");
  say(`start: open ${url}/`);
  await closed;
}

async function startEndpoint(port, rest) {
  const args = ["--port", `${port}`, "--site", root, ...rest];
  const child = spawn(endpointProgram, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  const end = () => child.kill("SIGTERM");
  process.on("exit", end);
  const lines = createInterface({ input: child.stdout });
  const closed = once(child, "close");
  const first = await Promise.race([once(lines, "line").then(([line]) => line), closed.then(() => "")]);
  const url = /^local endpoint: (\S+)$/.exec(first)?.[1];
  if (!url) throw new Failure(`The local endpoint did not start${first ? `; its output: ${first}` : ""}`);
  return { url, lines, closed, end };
}

/**
 * Calls `end`, once, when this process is asked to stop. A signal to npm stops npm and its shell but is not forwarded, so
 * this process also checks whether its parent still runs.
 */
function whenEnded(end) {
  let hasEnded = false;
  const once = () => {
    if (hasEnded) return;
    hasEnded = true;
    void end();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, once);
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) once();
  }, 500);
  watch.unref();
}
