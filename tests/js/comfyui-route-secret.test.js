// What is sent to the servers as a header is in no byte that the route answers or tells, whatever a server does with it.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { formFor, startRoute } from "../support/comfy-route.js";
import { PATIENCE } from "../support/patience.js";
import { startSmallComfy } from "../support/small-comfyui.js";

const SECRET = 's3cret"of\\the/gateway-0123456789';
const SPELLINGS = [SECRET, JSON.stringify(SECRET).slice(1, -1), encodeURIComponent(SECRET)];
const WORKFLOW = { 1: { class_type: "PreviewAny", inputs: { source: "x" } } };

const isPrompt = ({ method, url }) => method === "POST" && url === "/prompt";
const json = (response, status, value) => {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
  return true;
};
const job = (response, outputs, messages = [], status = "completed") =>
  json(response, 200, { status, outputs, execution_status: { messages }, workflow: { prompt: WORKFLOW } });

/** Ways to repeat what one was asked with. */
const ECHOES = {
  "in a refusal": (told, request, response) =>
    isPrompt(request) &&
    json(response, 400, { error: { type: "x", message: told, details: told }, node_errors: {} }),
  "in an error": (told, request, response) => isPrompt(request) && response.writeHead(500).end(told),
  "in the status line": (told, request, response) =>
    isPrompt(request) && response.writeHead(500, told.replaceAll(" ", "_")).end(),
  "in no HTTP": (told, request, response) =>
    isPrompt(request) && response.socket.end(`HTTP/1.1 ${told}\r\n\r\n`),
  "in node errors beside 200": (told, request, response) =>
    isPrompt(request) &&
    json(response, 200, {
      node_errors: { [told]: { class_type: told, errors: [{ message: told, details: told }] } },
    }),
  "in the name of a file": (told, { url }, response) =>
    (url.startsWith("/api/jobs/") && job(response, { 1: { images: [{ filename: told }] } })) ||
    (url.startsWith("/view") && response.writeHead(200).end("content")),
  "in what went wrong": (told, { url }, response) =>
    url.startsWith("/api/jobs/") &&
    job(
      response,
      {},
      [["execution_error", { node_id: "1", node_type: told, exception_type: told, exception_message: told }]],
      "failed",
    ),
  "in a file": (told, { url }, response) =>
    (url.startsWith("/api/jobs/") && job(response, { 1: { images: [{ filename: "a.txt" }] } })) ||
    (url.startsWith("/view") &&
      response
        .writeHead(200, { etag: `"${told}"`, "last-modified": told, "content-type": "text/plain" })
        .end(told)),
};

describe("a header's value", () => {
  let comfy;
  let echo;
  const routes = {};
  before(async () => {
    comfy = await startSmallComfy({
      outputs: {},
      odd: (request, response) => Boolean(echo(request.headers.authorization, request, response)),
    });
    for (const outputs of ["inline", "link"]) {
      const headers = { authorization: `Bearer ${SECRET}` };
      routes[outputs] = await startRoute({ servers: [comfy.url], headers, outputs });
    }
  });
  after(() => Promise.all([comfy.close(), ...Object.values(routes).map((route) => route.close())]));

  const told = async (response) =>
    `${response.statusText}${JSON.stringify([...response.headers])}${await response.text()}`;

  for (const [where, repeat] of Object.entries(ECHOES)) {
    for (const outputs of ["inline", "link"]) {
      for (const logs of ["true", "false"]) {
        test(`${where}, ${outputs}, logs=${logs}`, PATIENCE, async () => {
          const seen = [];
          echo = (value, request, response) => {
            seen.push(value);
            return repeat(value, request, response);
          };
          const route = routes[outputs];
          const response = await fetch(route.endpoint, { method: "POST", body: formFor(WORKFLOW, { logs }) });
          const id = response.headers.get("viewcomfy-prompt-id");
          const texts = [await told(response).catch(() => "")];
          if (id) {
            for (const query of [`resume=${id}`, `prompt_ids=${id}`])
              texts.push(await told(await fetch(`${route.endpoint}?${query}`)).catch(() => ""));
          }
          for (const [, link] of texts.join("").matchAll(/"filepath":"([^"]+)"/g))
            texts.push(await told(await fetch(new URL(link, route.endpoint))).catch(() => ""));
          const failures = route.failures.map(({ code, status, message }) => `${code} ${status} ${message}`);
          for (const text of [...texts, ...failures])
            for (const spelling of SPELLINGS) assert.ok(!text.includes(spelling), text);
          assert.ok(seen.includes(`Bearer ${SECRET}`));
          assert.notEqual(texts[0], "");
        });
      }
    }
  }
});
