// The JavaScript call that does the same. It goes to a backend path: credentials are never part of it.

import { byId, el, icon } from "./dom.js";

/** A string need not be closed, so that no text is tried twice. */
const TOKENS = /("(?:[^"\\]|\\[\s\S])*"?)|(\/\/.*)|\b(import|from|await|const|for|new)\b|\b(\d[\w.]*)\b/g;
const STYLES = ["code-string", "code-comment", "code-word", "code-number"];

/** Builds the panel; `update(parts)` rewrites the code. */
export function setUpCode() {
  const code = el("code");
  const words = el("span", { role: "status" }, "Copy");
  const copy = el(
    "button",
    { type: "button", class: "button small copy", on: { click: copyCode } },
    icon("copy"),
    words,
  );
  const block = el("pre", { class: "code mono", tabindex: "0", "aria-label": "JavaScript" }, code);
  const details = el(
    "details",
    {},
    el("summary", {}, el("h3", {}, "Code"), el("span", { class: "muted" }, "The same run in JavaScript")),
    el("div", { class: "code-box" }, copy, block),
  );
  byId("code").replaceChildren(details);

  async function copyCode() {
    try {
      await navigator.clipboard.writeText(code.textContent);
      words.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(code);
      words.textContent = "Selected: copy it";
    }
    setTimeout(() => (words.textContent = "Copy"), 2000);
  }

  return { update: (parts) => code.replaceChildren(...coloured(codeFor(parts))) };
}

/** The program text for a run with these parameters. */
export function codeFor({ workflowName, params, sendWorkflow, stream, route = null }) {
  const lines = Object.entries(params).map(paramLine);
  const workflow = sendWorkflow ? ["  workflowApi: workflow,"] : ["  checkAgainst: workflow,"];
  return [
    'import init, { ViewComfyClient } from "viewcomfy-wasm";',
    "",
    "await init();",
    `const workflow = await (await fetch(${JSON.stringify(`/${workflowName}`)})).text();`,
    "",
    ...clientLines(route),
    `const result = await client.${stream ? "inferWithLogs" : "infer"}({`,
    ...workflow,
    ...(lines.length ? ["  params: {", ...lines, "  },"] : ["  params: {}, // the first seed is drawn"]),
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

/** `route` is that of the page's own server, or null where the page calls an endpoint directly. */
function clientLines(route) {
  const endpoint = JSON.stringify(route?.endpoint ?? "/api/viewcomfy");
  const client = `const client = new ViewComfyClient({ endpoint: ${endpoint} });`;
  if (route === null)
    return [
      "// A path of your own backend, which adds the credentials:",
      "// a secret in a page is public.",
      client,
    ];
  const comment = "// This page's own route, which adds the credentials.";
  if (!route.links) return [comment, client];
  const rewrite = `  rewriteUrl: (url) => ${endpoint} + "?url=" + encodeURIComponent(url),`;
  return [comment, "const client = new ViewComfyClient({", `  endpoint: ${endpoint},`, rewrite, "});"];
}

function paramLine([key, value]) {
  const note = noteFor(value);
  return `    ${JSON.stringify(key)}: ${literal(value)},${note ? ` // ${note}` : ""}`;
}

/** @param {any} value */
function noteFor(value) {
  const file = value?.image instanceof Blob ? value.image : value;
  return file instanceof File ? `${file.name.replace(/\s+/g, " ")}, from an <input type="file">` : "";
}

function literal(value) {
  if (value instanceof Blob) return "file";
  if (value?.image instanceof Blob) return "{ image, mask }";
  if (typeof value === "bigint") return `${value}n`;
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${literal(item)}`);
  return `{ ${members.join(", ")} }`;
}

function coloured(text) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(TOKENS)) {
    const style = STYLES[match.slice(1).findIndex((group) => group !== undefined)];
    parts.push(text.slice(end, match.index), el("span", { class: style }, match[0]));
    end = match.index + match[0].length;
  }
  return [...parts, text.slice(end)];
}
