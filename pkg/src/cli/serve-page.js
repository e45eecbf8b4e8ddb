// The demo page and what of the package it loads, read when a browser asks for it.

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

import { CliFailure, EXIT } from "./failure.js";

const LIBRARY = ["index.js", "inspect.js", "element.js"];
const LOADED = /\.wasm$|^definitions(?:-custom)?\.json$/;
/** Of a file or a folder; what begins with a dot is not for anybody. */
const NAME = /^[\w-][\w.-]*$/;
const TYPES = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  map: "application/json",
  svg: "image/svg+xml",
  wasm: "application/wasm",
};

/**
 * @typedef {{ body: Buffer, type: string, etag: string }} ServedFile
 * @typedef {{ route: string, [name: string]: string }} Facts what the page is told of a route: see www/deployment.js
 */

/**
 * @param {{ library: URL, page: URL }} places the folders of the package and of the page
 * @param {Facts[]} facts of each route
 * @returns {Promise<(path: string) => Promise<ServedFile | undefined>>} gives the file at a path, where there is one
 */
export async function openPage(places, facts) {
  const index = new URL("index.html", places.page);
  await readFile(index).catch(() => {
    throw incomplete();
  });
  return async (path) => {
    const place = placeOf(path, places);
    if (place === undefined) return undefined;
    const body = await readFile(place).catch(() => undefined);
    if (body === undefined) return undefined;
    if (place.href !== index.href) return served(path, body);
    return served("index.html", Buffer.from(withFacts(body.toString("utf8"), facts)));
  };
}

function placeOf(path, { library, page }) {
  if (path === "/") return new URL("index.html", page);
  const names = path.slice(1).split("/");
  if (path === "/index.html" || !names.every((name) => NAME.test(name))) return undefined;
  const [folder, name, ...more] = names;
  if (folder !== "pkg") return new URL(names.join("/"), page);
  const isLoaded = more.length === 0 && (LIBRARY.includes(name) || LOADED.test(name));
  return isLoaded ? new URL(name, library) : undefined;
}

/** @returns {ServedFile} */
function served(name, body) {
  const type = TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream";
  return { body, type, etag: `"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"` };
}

/** The page finds out where its runs go without a request of its own. */
function withFacts(html, all) {
  const lines = all.map(({ route, ...facts }) => {
    const data = Object.entries(facts).map(([name, value]) => ` data-${name}="${escaped(value)}"`);
    return `  <meta name="viewcomfy-deployment" content="${escaped(route)}"${data.join("")} />\n`;
  });
  return html.replace("</head>", () => `${lines.join("")}  </head>`);
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
