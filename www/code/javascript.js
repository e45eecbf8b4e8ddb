// The run in JavaScript: for a page, whose backend adds the credentials.

import { fileOf, literalWith } from "./values.js";

const literal = literalWith({
  bigint: (value) => `${value}n`,
  file: () => "file",
  masked: () => "{ image, mask }",
});

/** @param {import("./programs.js").Parts} parts */
export function javascriptFor({ workflowName, params, sendWorkflow, stream, route = null }) {
  return [
    'import init, { ViewComfyClient } from "viewcomfy-wasm";',
    "",
    "await init();",
    `const workflow = await (await fetch(${JSON.stringify(`/${workflowName}`)})).text();`,
    "",
    ...clientLines(route),
    `const result = await client.${stream ? "inferWithLogs" : "infer"}({`,
    ...requestLines(params, sendWorkflow),
    ...(stream
      ? ["  onLog: (line) => console.log(line),", "  onProgress: ({ percent }) => console.log(percent),"]
      : []),
    "});",
    "",
    "for (const output of result.outputs) {",
    "  console.log(output.filename, await output.blob());",
    "}",
  ].join("\n");
}

/** The members of a request, indented by two. */
export function requestLines(params, sendWorkflow) {
  const lines = Object.entries(params).map(paramLine);
  return [
    sendWorkflow ? "  workflowApi: workflow," : "  checkAgainst: workflow,",
    ...(lines.length ? ["  params: {", ...lines, "  },"] : ["  params: {}, // the first seed is drawn"]),
  ];
}

/** The options of a client; `route` is that of the page's own server, or null where the page calls an endpoint directly. */
export function clientOf(route) {
  const endpoint = JSON.stringify(route?.endpoint ?? "/api/viewcomfy");
  if (!route?.links) return [`{ endpoint: ${endpoint} }`];
  const rewrite = `  rewriteUrl: (url) => ${endpoint} + "?url=" + encodeURIComponent(url),`;
  return ["{", `  endpoint: ${endpoint},`, rewrite, "}"];
}

/** What to know about the endpoint, as comments. */
export function endpointNotes(route) {
  return route === null
    ? ["// A path of your own backend, which adds the credentials:", "// a secret in a page is public."]
    : ["// This page's own route, which adds the credentials."];
}

function clientLines(route) {
  const [first, ...rest] = clientOf(route);
  const lines = [`const client = new ViewComfyClient(${first}`, ...rest];
  return [...endpointNotes(route), ...lines.slice(0, -1), `${lines.at(-1)});`];
}

function paramLine([key, value]) {
  const file = fileOf(value);
  const note = file?.name ? ` // ${file.name.replace(/\s+/g, " ")}, from an <input type="file">` : "";
  return `    ${JSON.stringify(key)}: ${literal(value)},${note}`;
}
