// The demo page as it comes with the package, and what of the package it loads: read once, when the server starts.

import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";

import { CliFailure, EXIT } from "./failure.js";

// The built command stands in the package.
const PACKAGE = new URL("./", import.meta.url);
const PAGE = new URL("./page/", import.meta.url);
const LIBRARY = ["index.js", "inspect.js"];
const LOADED = /\.wasm$|^definitions(?:-custom)?\.json$/;
const TYPES = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  svg: "image/svg+xml",
  wasm: "application/wasm",
};

/** @typedef {{ body: Buffer, type: string, etag: string }} ServedFile */

/**
 * @param {{ route: string, [name: string]: string }} facts what the page is told of its route: see www/deployment.js
 * @returns {Promise<Map<string, ServedFile>>} by path
 */
export async function readPage(facts) {
  const files = new Map();
  for (const name of await readdir(PACKAGE)) {
    if (LIBRARY.includes(name) || LOADED.test(name)) files.set(`/pkg/${name}`, await read(PACKAGE, name));
  }
  for (const name of await pageFiles()) files.set(`/${name}`, await read(PAGE, name));
  const html = files.get("/index.html");
  if (!html) throw incomplete();
  files.set("/", served("index.html", Buffer.from(withFacts(html.body.toString("utf8"), facts))));
  files.delete("/index.html");
  return files;
}

async function pageFiles() {
  const entries = await readdir(PAGE, { recursive: true, withFileTypes: true }).catch(() => {
    throw incomplete();
  });
  const root = decodeURIComponent(PAGE.pathname).length;
  return entries
    .filter((entry) => entry.isFile())
    .map(({ path, parentPath = path, name }) => `${parentPath}/${name}`.replaceAll("\\", "/"))
    .map((path) => path.slice(root).replace(/^\/+/, ""));
}

async function read(base, name) {
  return served(name, await readFile(new URL(name, base)));
}

/** @returns {ServedFile} */
function served(name, body) {
  const type = TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream";
  return { body, type, etag: `"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"` };
}

/** The page finds out where its runs go without a request of its own. */
function withFacts(html, { route, ...facts }) {
  const data = Object.entries(facts).map(([name, value]) => ` data-${name}="${escaped(value)}"`);
  const meta = `<meta name="viewcomfy-deployment" content="${escaped(route)}"${data.join("")} />`;
  return html.replace("</head>", () => `  ${meta}\n  </head>`);
}

function escaped(text) {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function incomplete() {
  return new CliFailure(
    "page",
    "the page is not in the package",
    "Install the package again.",
    EXIT.unexpected,
  );
}
