// The secret is in no byte that a page gets from the cloud route, nor in what the route tells and writes.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { inspect } from "node:util";

import { createCloudRoute } from "../../pkg/cloud.js";
import { startCloudRoute } from "../support/cloud.js";
import { PATIENCE } from "../support/patience.js";
import { bodyText, formOf } from "../support/proxy.js";
import { serve } from "../support/serve.js";

/** With characters that JSON and addresses write differently. */
const SECRETS = { pair: 's3cret"of\\the/pair-0123456789', token: 't0ken.of"the-route_0123456789' };
const CREDENTIALS = {
  pair: { clientId: "an-id", clientSecret: SECRETS.pair },
  token: { token: SECRETS.token },
};

let api;
/** What the API does with a request whose headers it repeats. */
let behave;
before(async () => {
  api = await serve(async (request, response) => {
    await bodyText(request);
    const { client_secret, authorization } = request.headers;
    behave(`${client_secret} ${authorization}`, request, response);
  });
});
after(() => api.close());

function json(response, status, value) {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}

/** A run of which the API repeats the secret wherever it can. */
function repeating(told, request, response) {
  const { searchParams } = new URL(request.url, "http://api");
  if (request.method === "POST") return json(response, 201, { data: { message: told } });
  const record = {
    status: "error",
    completed: true,
    errorData: told,
    prompt: { [told]: [told, { text: encodeURIComponent(told) }] },
    outputs: [
      { filename: told, contentType: told, filepath: `https://x.example/?${encodeURIComponent(told)}` },
    ],
  };
  return json(
    response,
    200,
    searchParams.getAll("prompt_ids").map((promptId) => ({ promptId, ...record })),
  );
}

function assertNoSecret(seen, secret, where) {
  const spellings = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)];
  for (const spelling of [...spellings, Buffer.from(secret).toString("base64")])
    assert.ok(!seen.includes(spelling), `the secret is in ${where}`);
}

/** A socket that says what it was shown, as no server should. */
function talkative() {
  const listeners = new Map();
  const socket = { connected: false, active: true, id: "sid", disconnect() {}, connect() {} };
  return (_, { auth }) =>
    Object.assign(socket, {
      on: (name, listener) => listeners.set(name, listener),
      onAny(listener) {
        auth((shown) => {
          socket.connected = true;
          listeners.get("connect")();
          for (const event of ["infer_log_message", "infer_error_message"])
            listener(event, `shown ${JSON.stringify(shown)} ${Object.values(shown)}`);
        });
      },
    });
}

async function everythingOf(route, query, init) {
  const answer = await fetch(`${route.endpoint}${query}`, init);
  const text = await answer.text().catch((error) => `${error} ${error.cause}`);
  return {
    text: `${answer.status} ${answer.statusText} ${JSON.stringify([...answer.headers])} ${text}`,
    answer,
  };
}

for (const [kind, secret] of Object.entries(SECRETS)) {
  describe(`a ${kind}`, () => {
    const start = async (t, more = {}) => {
      const options = { ...CREDENTIALS[kind], apiUrl: "https://x.example/", baseUrl: api.url, pollMs: 5 };
      const route = await startCloudRoute({
        ...options,
        linkHosts: ["x.example"],
        liveEvents: false,
        ...more,
      });
      t.after(() => route.close());
      return route;
    };
    const post = (logs) => ({ method: "POST", body: formOf({ logs }) });

    test("that the API repeats in its records and its events", PATIENCE, async (t) => {
      behave = repeating;
      const route = await start(t, { liveEvents: true, io: talkative() });
      for (const logs of ["true", "false"]) {
        const { text, answer } = await everythingOf(route, "", post(logs));
        assert.match(text, /\*{8}/, "it was repeated, and hidden");
        if (logs === "true") assert.match(text, /shown/, "the socket told it");
        assertNoSecret(text, secret, `a run, logs=${logs}`);
        const id = answer.headers.get("viewcomfy-prompt-id");
        for (const query of [`?resume=${id}`, `?prompt_ids=${id}`]) {
          const asked = await everythingOf(route, query);
          assert.match(asked.text, /\*{8}/);
          assertNoSecret(asked.text, secret, query);
        }
      }
      assertNoSecret(inspect(route.failures, { depth: 9 }), secret, "a failure");
    });

    const refusals = {
      "a refusal": (told, _, response) => json(response, 422, { detail: told }),
      "a gateway's page": (told, _, response) => response.writeHead(502, { "x-told": told }).end(told),
      "a redirect": (told, _, response) =>
        response.writeHead(307, { location: `${api.url}/?${encodeURIComponent(told)}` }).end(),
      "an answer that breaks off": (told, _, response) => {
        response.writeHead(201, { "content-type": "application/json" }).write(told);
        setTimeout(() => response.destroy(), 20);
      },
      "what is not JSON": (told, _, response) => response.writeHead(201).end(told),
    };
    for (const [what, answer] of Object.entries(refusals)) {
      test(`that the API repeats in ${what}`, PATIENCE, async (t) => {
        behave = answer;
        const route = await start(t, { patienceMs: 50 });
        const asked = [
          ["", post("true")],
          ["?resume=x", {}],
          ["?prompt_ids=x", {}],
          ["?cancel=x", { method: "POST" }],
        ];
        for (const [query, init] of asked) {
          const { text } = await everythingOf(route, query, init);
          assertNoSecret(text, secret, `${what} ${query}`);
        }
        const told = route.failures.map(({ cause, ...failure }) => failure);
        assertNoSecret(inspect(told, { depth: 9 }), secret, "a failure");
      });
    }

    test("in the handler itself", () => {
      const route = createCloudRoute({ apiUrl: "https://x.example", ...CREDENTIALS[kind] });
      assertNoSecret(inspect(route, { showHidden: true, depth: 9 }), secret, "the handler");
      assertNoSecret(`${route} ${JSON.stringify({ route })}`, secret, "the handler");
    });
  });
}
