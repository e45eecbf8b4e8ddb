// The server of the fault matrix: it responds to each cell as its row says, and records the outcome of every request. It
// also serves the page, the package, and the test files that the page needs.

import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";

import { Exchange } from "./exchange.js";

const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm", ".html": "text/html" };
const PAGE = "<!doctype html><html lang=en><meta charset=utf-8><title>faults</title>";
const FILES = { "/pkg/": "../../../pkg/", "/tests-support/": "../" };

/**
 * @param {import("./rows.js").Row[]} rows
 * @param {object} [options]
 * @param {string} [options.elsewhere] the address of a server of another origin, for rows that lead there
 * @param {boolean} [options.closing] each request uses a new connection
 */
export async function startFaultServer(rows, { elsewhere, closing } = {}) {
  const cells = new Map();
  const connections = new Set();
  const server = createServer((request, response) => {
    const [, kind, id, way, at] = request.url.split("?")[0].split("/");
    if (kind === "cell") return answer(request, response, { row: rows[at], way, id });
    if (kind === "reached")
      return reached(id).then(() => response.writeHead(204, { connection: "close" }).end());
    return file(request, response);
  });
  server.on("connection", (socket) => {
    connections.add(socket);
    socket.on("close", () => connections.delete(socket));
  });

  async function listen(port) {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    return server.address().port;
  }

  async function answer(request, response, { row, way, id }) {
    const hop = Number(new URLSearchParams(request.url.split("?")[1]).get("hop"));
    const cell = of(id);
    const nth = cell.exchanges.length + 1;
    const exchange = new Exchange(request, response, { way, hop, nth, elsewhere, row, closing });
    (request.method === "OPTIONS" ? cell.preflights : cell.exchanges).push(exchange);
    cell.arrived(exchange);
    if (request.method === "OPTIONS") return exchange.head(204).end();
    // Read to the end, as a real service does.
    if (!row.uploads) for await (const _ of request);
    await row.answer(exchange);
  }

  function of(id) {
    if (!cells.has(id)) {
      const cell = { exchanges: [], preflights: [] };
      cell.first = new Promise((resolve) => {
        cell.arrived = resolve;
      });
      cells.set(id, cell);
    }
    return cells.get(id);
  }

  const reached = async (id) => (await of(id).first).held;
  const port = await listen(0);
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    reached,
    address: (row, way, id) => `${url}/cell/${id}/${way}/${rows.indexOf(row)}`,
    /** All requests of a cell, once none of them is open anymore. */
    async settled(id) {
      const { exchanges, preflights } = of(id);
      // A server that does not read does not see the end either.
      for (const { request } of exchanges) request.resume();
      await Promise.all([...exchanges, ...preflights].map(({ closed }) => closed));
      return exchanges;
    },
    /** Simulates a lost connection: nothing listens here until `back()`. */
    async leave() {
      const closed = once(server, "close");
      server.close();
      for (const socket of connections) socket.resetAndDestroy();
      await closed;
    },
    back: () => listen(port),
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function file({ url }, response) {
  const start = Object.keys(FILES).find((each) => url.startsWith(each));
  const type = TYPES[extname(url)] ?? TYPES[".html"];
  response.setHeader("connection", "close");
  if (!start) return response.writeHead(200, { "content-type": type }).end(PAGE);
  const content = await readFile(new URL(FILES[start] + url.slice(start.length), import.meta.url));
  response.writeHead(200, { "content-type": type }).end(content);
}
