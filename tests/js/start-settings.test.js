// Which deployment `npm start` is to run against: variables, the file .env, and what is wrong with them.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { parseEnv } from "node:util";

import { readDeployment, takeVariables } from "../../scripts/deployment-settings.js";
import { Failure } from "../../scripts/run.js";

const SECRET = "s3cr3t-0f-the-test";
const WHOLE = {
  VIEWCOMFY_API_URL: "https://fox--run.example.com/infer?x=1",
  VIEWCOMFY_CLIENT_ID: "an-id",
  VIEWCOMFY_CLIENT_SECRET: SECRET,
};
const without = (...names) =>
  Object.fromEntries(Object.entries(WHOLE).filter(([name]) => !names.includes(name)));

let directory;
before(async () => (directory = await mkdtemp(join(tmpdir(), "start-settings-"))));
after(() => rm(directory, { recursive: true }));

async function withFile(text) {
  await writeFile(join(directory, ".env"), text);
  return directory;
}

function refusal(variables) {
  try {
    readDeployment(variables);
  } catch (error) {
    assert.ok(error instanceof Failure, String(error));
    assert.ok(!error.message.includes(SECRET));
    return error.message;
  }
  return assert.fail("it was taken");
}

test("none of them is the local endpoint, and the hosts of links alone are none", () => {
  assert.equal(readDeployment({}), null);
  assert.equal(readDeployment({ VIEWCOMFY_LINK_HOSTS: "results.example.com" }), null);
});

test("the three of them are a deployment, of which only the host is told", () => {
  const { variables, ...told } = readDeployment(WHOLE);
  assert.deepEqual(told, { host: "fox--run.example.com", linkHosts: [], encrypted: true });
  assert.deepEqual(variables, WHOLE);
  const links = { VIEWCOMFY_LINK_HOSTS: "results.example.com, *.example.org,", ...WHOLE };
  assert.deepEqual(readDeployment(links).linkHosts, ["results.example.com", "*.example.org"]);
});

test("a token stands for the two others", () => {
  const { VIEWCOMFY_API_URL } = WHOLE;
  assert.equal(readDeployment({ VIEWCOMFY_API_URL, VIEWCOMFY_TOKEN: SECRET }).host, "fox--run.example.com");
});

test("what is missing is named, and nothing else", () => {
  const names = Object.keys(WHOLE);
  for (const given of [[0], [1], [2], [0, 1], [0, 2], [1, 2]]) {
    const missing = names.filter((_, at) => !given.includes(at));
    const message = refusal(without(...missing));
    const [start] = message.split(":");
    assert.equal(start, `${missing.join(" and ")} ${missing.length > 1 ? "are" : "is"} missing`);
  }
  const half = { ...without("VIEWCOMFY_CLIENT_SECRET"), VIEWCOMFY_TOKEN: SECRET };
  assert.match(refusal(half), /^VIEWCOMFY_CLIENT_SECRET is missing/);
  assert.match(refusal({ VIEWCOMFY_TOKEN: SECRET }), /^VIEWCOMFY_API_URL is missing/);
});

test("what cannot be used is refused without repeating it", () => {
  const addresses = [SECRET, `file:///${SECRET}`, `//${SECRET}/x`, `https://me:${SECRET}@example.com/`];
  for (const address of addresses)
    assert.match(refusal({ ...WHOLE, VIEWCOMFY_API_URL: address }), /^VIEWCOMFY_API_URL/);
  for (const name of ["VIEWCOMFY_CLIENT_ID", "VIEWCOMFY_CLIENT_SECRET", "VIEWCOMFY_TOKEN"]) {
    for (const value of [`${SECRET} x`, `${SECRET}\nx`, `${SECRET}…`])
      assert.match(refusal({ ...WHOLE, [name]: value }), new RegExp(`^${name} has a space or`));
  }
});

test("an address that is not encrypted is known as such, unless it is this machine's", () => {
  const encrypted = (VIEWCOMFY_API_URL) => readDeployment({ ...WHOLE, VIEWCOMFY_API_URL }).encrypted;
  assert.equal(encrypted("http://example.com/infer"), false);
  for (const address of ["http://127.0.0.1:8787/infer", "http://localhost/infer", "http://[::1]:1/infer"])
    assert.equal(encrypted(address), true);
});

test("the shell wins over the file, also with nothing, and spaces around do not count", async () => {
  const file = await withFile(
    `VIEWCOMFY_API_URL=https://file.example.com\nVIEWCOMFY_CLIENT_ID="file id"\nVIEWCOMFY_CLIENT_SECRET=${SECRET}\nOTHER=1\n`,
  );
  assert.deepEqual(takeVariables({}, file), {
    VIEWCOMFY_API_URL: "https://file.example.com",
    VIEWCOMFY_CLIENT_ID: "file id",
    VIEWCOMFY_CLIENT_SECRET: SECRET,
  });
  assert.deepEqual(takeVariables({ VIEWCOMFY_API_URL: " https://x ", VIEWCOMFY_CLIENT_ID: "" }, file), {
    VIEWCOMFY_API_URL: "https://x",
    VIEWCOMFY_CLIENT_SECRET: SECRET,
  });
});

test("they are taken out of the environment, which child processes inherit", () => {
  const env = { ...WHOLE, VIEWCOMFY_TOKEN: SECRET, VIEWCOMFY_LINK_HOSTS: "x", PATH: "kept" };
  takeVariables(env, join(directory, "not-there"));
  assert.deepEqual(env, { PATH: "kept" });
});

test(".env.example has every variable, and as it is it asks for nothing", async () => {
  const text = await readFile(new URL("../../.env.example", import.meta.url), "utf8");
  assert.equal(readDeployment(takeVariables({}, await withFile(text))), null);
  const filled = text.replace(/^#?(VIEWCOMFY_\w+)=$/gm, "$1=x");
  assert.deepEqual(Object.keys(parseEnv(filled)).sort(), [
    "VIEWCOMFY_API_URL",
    "VIEWCOMFY_CLIENT_ID",
    "VIEWCOMFY_CLIENT_SECRET",
    "VIEWCOMFY_CLOUD_URL",
    "VIEWCOMFY_LINK_HOSTS",
    "VIEWCOMFY_TOKEN",
  ]);
});
