// The secret is in no byte that the proxy answers or writes, whatever a deployment does with its request's headers.

import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { after, before, describe, test } from "node:test";

import { createProxy } from "../../pkg/proxy.js";
import { PATIENCE } from "../support/patience.js";
import { bodyText, formOf } from "../support/proxy.js";
import { startProxyProcess } from "../support/proxy-child.js";
import { serve } from "../support/serve.js";

/** Two with characters that JSON and addresses write differently, and one that any header may have. */
const SECRETS = {
  pair: 's3cret"of\\the/pair-0123456789',
  token: 't0ken.of"the-proxy_0123456789',
  plain: "plainS3cretOfLetters0123456789",
};

/** Ways to repeat what one was asked with. */
const ECHOES = {
  "in a body of an error": (told, response) =>
    response.writeHead(500, { "content-type": "text/html" }).end(told),
  "in JSON": (told, response) =>
    response.writeHead(422, { "content-type": "application/json" }).end(JSON.stringify({ detail: told })),
  "in a log line by line": async (told, response) => {
    response.writeHead(201, { "content-type": "text/event-stream" });
    for (const character of `event: log_message\ndata: ${told}\n\n`) {
      response.write(character);
      await new Promise(setImmediate);
    }
    response.end();
  },
  "as the last bytes": (told, response) =>
    response.writeHead(201, { "content-type": "text/plain" }).end(`x${told}`),
  "in its own headers": (told, response) =>
    response
      .writeHead(201, {
        "x-echo": told,
        "set-cookie": `echo=${told}`,
        "www-authenticate": `Bearer ${told}`,
        "content-type": `text/${told.replaceAll(" ", "")}`,
        // A longer one is not handed on in any case.
        "retry-after": /\S{20,40}/.exec(told)[0],
        etag: told,
        link: told,
      })
      .end("{}"),
  "in the status line": (told, response) => response.writeHead(500, told.replaceAll(" ", "_")).end(),
  "in a redirect": (told, response) =>
    response.writeHead(303, { location: `http://127.0.0.1:1/?${encodeURIComponent(told)}` }).end(),
  "in an answer that breaks off": (told, response) => {
    response.writeHead(201, { "content-type": "application/json" }).write(told);
    setTimeout(() => response.destroy(), 50);
  },
  "in no answer at all": (_, response) => response.destroy(),
  "in no HTTP": (told, response) => response.socket.end(`HTTP/1.1 ${told}\r\n\r\n`),
};

/** All bytes that the server sends for one request. */
async function bytesOf(url, form) {
  const { hostname, port } = new URL(url);
  const { headers } = new Response(form);
  const body = Buffer.from(await new Response(form).arrayBuffer());
  const type = `multipart/form-data; boundary=${body.toString("latin1").split("\r\n")[0].slice(2)}`;
  assert.ok(headers.has("content-type"));
  const socket = connect(Number(port), hostname);
  const chunks = [];
  socket.on("data", (chunk) => chunks.push(chunk));
  socket.write(
    `POST /api HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: close\r\nContent-Type: ${type}\r\n` +
      `Content-Length: ${body.length}\r\n\r\n`,
  );
  socket.write(body);
  await once(socket, "close");
  return Buffer.concat(chunks);
}

/** Chunked coding and line breaks do not hide it. */
function assertNoSecret(bytes, secret, where) {
  const text = Buffer.from(bytes).toString("latin1");
  const body = text.replace(/\r\n[0-9a-f]+\r\n/g, "");
  for (const seen of [text, body]) {
    for (const form of [
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret),
      Buffer.from(secret).toString("base64"),
    ])
      assert.ok(!seen.includes(form), `the secret is in ${where}`);
  }
}

describe("a deployment that repeats its request's headers", () => {
  let upstream;
  let echo;
  const proxies = {};

  before(async () => {
    upstream = await serve(async (request, response) => {
      await bodyText(request).catch(() => {});
      const { client_id, client_secret, authorization } = request.headers;
      echo(`id ${client_id} secret ${client_secret} authorization ${authorization}`, response);
    });
    const endpoint = upstream.url;
    proxies.pair = await startProxyProcess({ endpoint, clientId: "an-id", clientSecret: SECRETS.pair });
    proxies.token = await startProxyProcess({ endpoint, token: SECRETS.token });
    proxies.plain = await startProxyProcess({ endpoint, clientId: "an-id", clientSecret: SECRETS.plain });
  });
  after(() => Promise.all([upstream.close(), ...Object.values(proxies).map((proxy) => proxy.close())]));

  for (const [way, answer] of Object.entries(ECHOES)) {
    test(way, PATIENCE, async () => {
      for (const kind of Object.keys(SECRETS)) {
        let repeated = "";
        echo = (told, response) => {
          repeated = told;
          answer(told, response);
        };
        const bytes = await bytesOf(proxies[kind].url, formOf());
        assert.ok(repeated.includes(SECRETS[kind]), "the deployment knows it");
        assert.ok(bytes.length > 0);
        assertNoSecret(bytes, SECRETS[kind], way);
      }
    });
  }

  test("what the process wrote, and told of failures", PATIENCE, async () => {
    for (const [kind, proxy] of Object.entries(proxies)) {
      const { failures } = await proxy.asked();
      assert.ok(failures.length >= 3, `${failures.length} failures`);
      assertNoSecret(Buffer.from(JSON.stringify(failures)), SECRETS[kind], "a failure");
      assertNoSecret(Buffer.from(proxy.written()), SECRETS[kind], "the output");
      assert.equal(proxy.written(), "", "it writes nothing by itself");
    }
  });
});

describe("what is thrown with the secret in it", () => {
  const secret = SECRETS.pair;
  const throwing = () => {
    throw new Error(`failed with ${secret}`);
  };
  const broken = () =>
    new ReadableStream({
      pull(controller) {
        controller.error(new Error(secret));
      },
    });
  const settings = [
    ["by fetch", { fetch: throwing }],
    ["by fetch, later", { fetch: async () => throwing() }],
    ["by authorize", { authorize: throwing }],
    ["by token", { token: throwing }],
    ["by a body", { fetch: async () => new Response(broken(), { status: 201 }) }],
  ];
  for (const [what, options] of settings) {
    test(what, PATIENCE, async () => {
      const told = [];
      const proxy = createProxy({
        endpoint: "https://example.com/",
        clientId: "an-id",
        clientSecret: secret,
        onFailure: ({ cause, ...failure }) => told.push(failure),
        ...options,
      });
      const response = await proxy(new Request("http://localhost/api", { method: "POST", body: formOf() }));
      const text = await response.text().catch((error) => `${error} ${error.stack}`);
      assert.ok(
        !`${text}${JSON.stringify([...response.headers])}${JSON.stringify(told)}`.includes(secret),
        text,
      );
    });
  }

  test("a handler shows nothing of its settings", async () => {
    const { inspect } = await import("node:util");
    const proxy = createProxy({ endpoint: "https://example.com/", clientId: "an-id", clientSecret: secret });
    assert.ok(!inspect(proxy, { showHidden: true, depth: 9 }).includes(secret));
    assert.ok(!JSON.stringify({ proxy, text: `${proxy}` }).includes(secret));
  });
});
