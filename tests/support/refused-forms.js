// Forms that every route must refuse, each with what is wrong with it.

import { describe, test } from "node:test";

import { PATIENCE } from "./patience.js";
import { formOf } from "./proxy.js";

const latin1 = (text) => new Uint8Array(Buffer.from(text, "latin1"));
const utf8 = (text) => new TextEncoder().encode(text);

/** Parts of a form whose boundary is "b". */
export const part = (name, content, more = "") =>
  `--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${content}\r\n`;
export const file = (name, filename, content, type = "image/png") =>
  `--b\r\ncontent-disposition: form-data; name="${name}"; filename="${filename}"\r\nContent-Type: ${type}\r\n\r\n${content}\r\n`;
export const END = "--b--\r\n";

const mask = file("5-inputs-image-viewcomfymask", "m.png", "x");
const head = (text) => `--b\r\n${text}\r\n\r\nx\r\n${END}`;
const named = (disposition) => head(`Content-Disposition: ${disposition}`);

/** Forms with fields that the protocol does not have. */
export const FIELDS = Object.entries({
  "another field": part("prompt_id", "x") + END,
  "a field of the cloud's": part("view_comfy_api_url", "https://example.com") + END,
  "a key for reading": part("_5-node-class_type-info", "x") + END,
  "an underscore's key": part("_5-inputs-x", "x") + END,
  "a key without a name": part("5-inputs-", "x") + END,
  "a key without a node": part("-inputs-x", "x") + END,
  "an empty name": part("", "x") + END,
  "another spelling": part("Params", "x") + END,
  "an escape": part("%70arams", "x") + END,
  "a backslash": part("5-inputs-a\\", "x") + END,
  "params twice": part("params", "{}") + part("params", "{}") + END,
  "a file twice": mask + mask + END,
  "params as a file": file("params", "a.json", "{}") + END,
}).map(([what, form]) => ({ what, form: utf8(form) }));

/** Bodies that are not such a form, or that two parsers may read differently. */
export const SHAPES = [
  ...Object.entries({
    nothing: "",
    "no part": END,
    "something before": `x\r\n${part("logs", "x")}${END}`,
    "an empty line before": `\r\n${part("logs", "x")}${END}`,
    "something behind": `${part("logs", "x")}${END}x`,
    "another form behind": part("logs", "x") + END + part("params", "x") + END,
    "no name": named("form-data"),
    "another disposition": named('attachment; name="logs"'),
    "a name without quotes": named("form-data; name=logs"),
    "two names": named('form-data; name="logs"; name="params"'),
    "an encoded file name": named("form-data; name=\"5-inputs-x\"; filename*=UTF-8''a"),
    "a quote in a name": named('form-data; name="a"b-inputs-c"'),
    "two dispositions": head(
      'Content-Disposition: form-data; name="logs"\r\nContent-Disposition: form-data; name="logs"',
    ),
    "a folded header": head('Content-Disposition: form-data;\r\n name="logs"'),
    "no headers": "--b\r\n\r\nx\r\n--b--\r\n",
    "a lone LF": head('Content-Disposition: form-data; name="logs"\nX: 1'),
    "a NUL": named('form-data; name="5-inputs-\0"'),
    "a boundary among headers": `--b\r\nContent-Disposition: form-data; name="logs"\r\n${END}`,
    "endless headers": `--b\r\nX: ${"x".repeat(9_000)}`,
    "an end that is missing": part("params", "{}"),
  }).map(([what, form]) => ({ what, form: utf8(form) })),
  { what: "a name that is not UTF-8", form: latin1(part("5-inputs-\xff", "x") + END) },
];

/** Longer than the part that is checked before the server behind the route is called. */
export const TOO_MANY_PARTS = utf8(
  Array.from({ length: 1_001 }, (_, at) => part(`${at}-inputs-x`, "")).join("") + END,
);

const multipart = (body) => ({ body, headers: { "content-type": "multipart/form-data; boundary=b" } });
const urlEncoded = (body) => ({ body, headers: { "content-type": "application/x-www-form-urlencoded" } });
const LARGE = formOf({ "1-inputs-y": "x".repeat(3_000) });

/** Whole requests: what is wrong, the code, the status, the request, and the route's options, if any. */
const REQUESTS = [
  ["JSON", "unsupported_type", 415, { body: "{}", headers: { "content-type": "application/json" } }],
  ["a body of unknown type", "unsupported_type", 415, { body: new Blob(["x"]) }],
  ["an empty text", "unsupported_type", 415, { body: "" }],
  ["a text of a file", "field_not_allowed", 400, { body: formOf({ logs: new File(["x"], "x.png") }) }],
  ["no body", "invalid_body", 400, multipart(undefined)],
  ["a body that says that it is too large", "too_large", 413, { body: LARGE }, { maxBodyBytes: 2_000 }],
  [
    "a body that turns out too large",
    "too_large",
    413,
    () => ({ ...multipart(streamed(`${part("params", " ".repeat(3_000))}${END}`)), duplex: "half" }),
    { maxBodyBytes: 2_000 },
  ],
  [
    "a workflow where none may be sent",
    "field_not_allowed",
    400,
    { body: formOf({ workflow_api: "{}" }) },
    { workflowApi: false },
  ],
];

/** For a route that accepts this encoding. */
const URL_ENCODED = [
  ["a url-encoded field twice", "field_not_allowed", 400, urlEncoded("params={}&params={}")],
  ["another url-encoded field", "field_not_allowed", 400, urlEncoded("params={}&other=1")],
  ["an empty url-encoded form", "invalid_body", 400, urlEncoded("")],
];
const NOT_TAKEN = [["a url-encoded form", "unsupported_type", 415, urlEncoded("params={}")]];

/**
 * The tests of the forms that a route refuses before it calls the server behind it.
 *
 * @param {{ takesUrlEncoded: boolean }} subject
 * @param {ReturnType<typeof import("./callers.js").callerOf>} caller
 */
export function describeForms({ takesUrlEncoded }, { assertRefused }) {
  const forms = [
    ...FIELDS.map(({ what, form }) => [what, "field_not_allowed", 400, multipart(form)]),
    ...SHAPES.map(({ what, form }) => [what, "invalid_body", 400, multipart(form)]),
    ...REQUESTS,
    ...(takesUrlEncoded ? URL_ENCODED : NOT_TAKEN),
  ];
  describe("refused forms", () => {
    for (const [what, code, status, request, options = {}] of forms) {
      test(what, PATIENCE, async (t) => {
        const init = typeof request === "function" ? request() : request;
        await assertRefused(t, code, status, options, { method: "POST", ...init });
      });
    }
  });
}

function streamed(text) {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(utf8(text));
      controller.close();
    },
  });
}
