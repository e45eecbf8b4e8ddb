// Checks what VitePress does not check in the pages it built: links to a missing file or heading, code that should have
// been included from a file, and anything loaded from another host. Node built-ins only.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";

const ID = /\sid="([^"]+)"/g;
const LINK = /<a\s[^<>]*?href="([^"]*)"/g;
/** Matches a frame, picture, script or style sheet; links that a reader follows may lead anywhere. */
const LOADED = /<(?:script|img|iframe|source|link)\s[^<>]*?(?:src|href|srcset)="(?:https?:)?\/\/[^"]*"/g;
const LOADED_BY_STYLE = /(?:@import|url\()\s*["']?(?:https?:)?\/\/[^\s"')]+/g;
const NOT_INCLUDED = /Code snippet path not found: \S+/g;

/** One sentence for every fault of a built site. @returns {string[]} */
export function findFaults(folder) {
  const pages = new Map(
    filesOf(folder, ".html").map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );
  const ids = new Map([...pages].map(([name, html]) => [name, idsOf(html)]));
  const faults = [...pages].flatMap(([name, html]) => [
    ...matchesOf(html, NOT_INCLUDED).map((match) => `${name}: ${match}`),
    ...matchesOf(html, LOADED).map((match) => `${name} loads from another host: ${match}`),
    ...deadAnchors(name, html, ids),
    ...deadFiles(folder, name, html, ids),
  ]);
  for (const name of filesOf(folder, ".css")) {
    const css = readFileSync(join(folder, name), "utf8");
    for (const match of matchesOf(css, LOADED_BY_STYLE))
      faults.push(`${name} loads from another host: ${match}`);
  }
  return faults;
}

function filesOf(folder, ending) {
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: "utf8" }) : [];
  return names.filter((name) => name.endsWith(ending)).map((name) => name.replaceAll("\\", "/"));
}

function idsOf(html) {
  return new Set([...html.matchAll(ID)].map(([, id]) => id));
}

function matchesOf(text, pattern) {
  return [...text.matchAll(pattern)].map(([match]) => match);
}

function deadAnchors(name, html, ids) {
  const links = [...html.matchAll(LINK)].map(([, href]) => href);
  return links.flatMap((href) => {
    if (!href.includes("#") || /^[a-z]+:/i.test(href)) return [];
    const [path, anchor] = href.split("#");
    const known = ids.get(pageOf(name, path));
    if (known === undefined) return [`${name} links to ${href}, a page that does not exist`];
    return anchor === "" || known.has(decodeURIComponent(anchor))
      ? []
      : [`${name} links to ${href}, which has no such heading`];
  });
}

/** Links without an anchor, to pages and other files of the site. */
function deadFiles(folder, name, html, ids) {
  const links = [...html.matchAll(LINK)].map(([, href]) => href);
  return links.flatMap((href) => {
    if (href === "" || href.includes("#") || /^(?:[a-z]+:|\/\/)/i.test(href)) return [];
    const page = pageOf(name, href.split("?")[0]);
    const isThere = ids.has(page) || existsSync(join(folder, page.replace(/\.html$/, "")));
    return isThere ? [] : [`${name} links to ${href}, which does not exist`];
  });
}

/** The file of an address without extension; the site may be in a folder of its host. */
function pageOf(from, path) {
  if (path === "") return from;
  const base = process.env.DOCS_BASE ?? "/";
  const address = path.startsWith(base) ? path.slice(base.length) : posix.join(posix.dirname(from), path);
  if (address === "" || address.endsWith("/")) return `${address}index.html`;
  return address.endsWith(".html") ? address : `${address}.html`;
}
