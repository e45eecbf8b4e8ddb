// Which deployment `npm start` runs against: from the environment or a file .env. Imports Node built-ins and the proxy's own
// names, nothing that has to be built. No message here contains a value: a user may have put the secret into the wrong
// variable.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import util from "node:util";

import { VARIABLES } from "../pkg/src/proxy/environment.js";
import { isSecure } from "../pkg/src/route/hosts.js";
import { isSendable } from "../pkg/src/route/sendable.js";
import { Failure } from "./run.js";

const { endpoint: ADDRESS, token: TOKEN } = VARIABLES;
const PAIR = [VARIABLES.clientId, VARIABLES.clientSecret];
const LINK_HOSTS = "VIEWCOMFY_LINK_HOSTS";
const CLOUD = "VIEWCOMFY_CLOUD_URL";
/** The variables that select a deployment; the link hosts alone do not. */
const ASKING = [ADDRESS, ...PAIR, TOKEN];
const ALL = [...ASKING, LINK_HOSTS, CLOUD];

/**
 * Reads the variables from `.env` in `directory` and from `env`; `env` wins, even with an empty value. They are removed from
 * `env`, so that no compiler or other child process gets the secret.
 *
 * @param {Record<string, string | undefined>} env usually `process.env`
 * @returns {Record<string, string>} those that are not empty
 */
export function takeVariables(env, directory) {
  const all = { ...readEnvFile(join(directory, ".env")), ...env };
  for (const name of ALL) delete env[name];
  const set = ALL.map((name) => [name, all[name]?.trim()]).filter(([, value]) => value);
  return Object.fromEntries(set);
}

function readEnvFile(file) {
  if (!existsSync(file)) return {};
  const text = readFileSync(file, "utf8");
  if (typeof util.parseEnv === "function") return util.parseEnv(text);
  if (!/^[ \t]*(?:export[ \t]+)?VIEWCOMFY_/m.test(text)) return {};
  throw new Failure(
    `Node ${process.versions.node} cannot read .env. Update to Node 20.12 or later, or set the variables in the shell and move .env away`,
  );
}

/**
 * The proxy's settings, or null if no deployment is selected.
 *
 * @param {Record<string, string>} variables see {@link takeVariables}
 */
export function readDeployment(variables) {
  if (!ASKING.some((name) => name in variables)) return null;
  const missing = missingOf(variables);
  if (missing.length > 0) {
    throw new Failure(
      `${missing.join(" and ")} ${missing.length > 1 ? "are" : "is"} missing: to run against a deployment, set ${[ADDRESS, ...PAIR].join(", ")} in the environment or in .env (.env.example explains them). ` +
        "For the local endpoint set none of them, or run: npm start -- --local",
    );
  }
  const url = readAddress(variables[ADDRESS]);
  for (const name of [...PAIR, TOKEN]) checkHeader(name, variables[name]);
  const linkHosts = (variables[LINK_HOSTS] ?? "").split(",").map((host) => host.trim());
  return {
    variables,
    host: url.host,
    linkHosts: linkHosts.filter(Boolean),
    encrypted: isSecure(url),
  };
}

/** A token replaces the pair, unless half of the pair is set. */
function missingOf(variables) {
  const pair = PAIR.filter((name) => !(name in variables));
  const token = TOKEN in variables && pair.length === PAIR.length;
  return [ADDRESS, ...PAIR].filter((name) => !(name in variables) && !(token && PAIR.includes(name)));
}

function readAddress(text) {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new Failure(`${ADDRESS} is not a web address. Copy the deployment's from the dashboard: https://…`);
  if (url.username || url.password)
    throw new Failure(`${ADDRESS} has a name or password in it. They belong in ${PAIR.join(" and ")}`);
  return url;
}

function checkHeader(name, value) {
  if (value === undefined || isSendable(value)) return;
  throw new Failure(
    `${name} has a space or a character that cannot be sent. Copy it again from the dashboard`,
  );
}
