// The run as tags to paste into a page: the form that runs, and the file to look at.

import { clientOf } from "./javascript.js";
import { literalWith, withoutFiles } from "./values.js";

const literal = literalWith({ bigint: (value) => `${value}n` });

/** @param {import("./programs.js").Parts} parts */
export function htmlFor({ workflowName, sendWorkflow, route = null, backend = null, tags = null }) {
  const source = tags?.fileName ?? workflowName;
  const form = tags?.isDesigned ? source : workflowName;
  const attributes = [addressOf(form), `endpoint="${attribute(route?.endpoint ?? "/api/viewcomfy")}"`];
  return [
    "<!-- From the package viewcomfy-wasm. With a bundler:",
    '     import "viewcomfy-wasm/element" -->',
    '<script type="module" src="/node_modules/viewcomfy-wasm/element.js"></script>',
    "",
    ...endpointComment(route),
    ...tagLines("viewcomfy-app", [...attributes, ...(sendWorkflow ? ["send-workflow"] : [])]),
    "",
    "<!-- The file to look at. Nothing runs. -->",
    ...tagLines("comfy-workflow", [addressOf(source)]),
    ...scriptLines(tags, route, backend),
  ].join("\n");
}

function tagLines(name, attributes) {
  return [`<${name}`, ...attributes.map((each) => `  ${each}`), `></${name}>`];
}

function endpointComment(route) {
  if (route !== null) return ["<!-- The form. The endpoint is this page's own route. -->"];
  return [
    "<!-- The form. The endpoint is a path of your own",
    "     backend, which adds the credentials:",
    "     a secret in a page is public. -->",
  ];
}

/** What has no attribute: values that were changed, a server's definitions, where links lead. */
function scriptLines(tags, route, backend) {
  const lines = [
    ...valueLines(tags?.values ?? {}),
    ...definitionLines(tags, route, backend),
    ...linkLines(route),
  ];
  if (lines.length === 0) return [];
  const app = 'const app = document.querySelector("viewcomfy-app");';
  const script = [app, ...lines].map((line) => `  ${inScript(line)}`);
  return ["", '<script type="module">', ...script, "</script>"];
}

function valueLines(params) {
  const { values, files } = withoutFiles(params);
  const given = values.map(([key, value]) => `  ${JSON.stringify(key)}: ${literal(value)},`);
  const chosen = files.map(({ key, name }) => `// ${oneLine(name)} is chosen in the form: ${oneLine(key)}`);
  return given.length === 0 ? chosen : ["app.values = {", ...given, "};", ...chosen];
}

/** A route in front of ComfyUI passes them on; elsewhere the app's server has to. */
function definitionLines(tags, route, backend) {
  if (!tags?.definitions) return [];
  const address = route && backend?.kind === "comfyui" ? `${route.endpoint}?object_info` : "/api/object_info";
  return [
    "// Lists and limits as your ComfyUI has them: its /object_info, passed on by your server.",
    `app.definitions = await (await fetch(${JSON.stringify(address)})).text();`,
  ];
}

function linkLines(route) {
  if (!route?.links) return [];
  const [, , rewrite] = clientOf(route);
  return ["app.clientOptions = {", rewrite, "};"];
}

function addressOf(name) {
  return `src="/${encodeURIComponent(wellFormed(name))}"`;
}

/** Half of a pair has no place in an address. */
function wellFormed(text) {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}

function attribute(text) {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
}

/** In a document neither the end of a script nor a comment may stand in it, not even in a text. */
function inScript(line) {
  return line.replaceAll("<", "\\u003c");
}

function oneLine(text) {
  return text.replace(/\s+/g, " ");
}
