// A WebSocket to a server, of whichever kind the runtime has.

import { installed } from "../route/installed.js";

/** A socket that is not open by then counts as one that never opens. */
const OPEN_MS = 5_000;
/** The state of a socket that is open, as the WebSocket standard numbers it. */
const OPEN = 1;

/**
 * @typedef {object} Socket
 * @property {(text: string) => void} send
 * @property {() => void} close
 */

/**
 * Opens a socket.
 *
 * @param {import("./server.js").ComfyServer} server
 * @param {string} clientId
 * @param {import("./options.js").Settings} settings
 * @param {{ message: (data: string | ArrayBuffer) => void, closed: () => void }} handlers called once it was open
 * @returns {Promise<Socket>}
 */
export async function openSocket(server, clientId, settings, { message, closed }) {
  const url = server.url(`/ws?clientId=${clientId}`);
  const socket = await made(url, server.headers, settings.WebSocket);
  socket.binaryType = "arraybuffer";
  socket.addEventListener("message", ({ data }) => message(data));
  await opened(socket);
  socket.addEventListener("close", closed, { once: true });
  socket.addEventListener("error", () => {});
  return {
    send: (text) => socket.send(text),
    close: () => socket.close(),
  };
}

async function made(url, headers, given) {
  const hasHeaders = Object.keys(headers).length > 0;
  // Of a worker's own, only `fetch` sends headers along.
  if (given === undefined && hasHeaders && "WebSocketPair" in globalThis) return upgraded(url, headers);
  const Socket = given ?? globalThis.WebSocket ?? (await ofPackage());
  const address = url.href.replace(/^http/, "ws");
  // Node, Bun, Deno and ws take headers where browsers take protocols.
  return hasHeaders ? new Socket(address, { headers }) : new Socket(address);
}

async function upgraded(url, headers) {
  const response = await fetch(url, { headers: { ...headers, upgrade: "websocket" } });
  const socket = /** @type {any} */ (response).webSocket;
  if (!socket) throw new Error(`the server responded with ${response.status}`);
  socket.accept();
  return socket;
}

/** Node has a WebSocket of its own since version 22. */
async function ofPackage() {
  const found = await installed("ws");
  if (found) return found.default;
  throw new Error('this runtime has no WebSocket: install the package "ws", or use Node 22 or newer');
}

/** Resolves once it is open; one that does not open is given up. */
async function opened(socket) {
  let timer;
  try {
    await new Promise((resolve, reject) => {
      const fail = (event) => reject(new Error(event?.message || "it could not be opened"));
      timer = setTimeout(fail, OPEN_MS, { message: `it did not open within ${OPEN_MS / 1_000} s` });
      socket.addEventListener("open", resolve, { once: true });
      socket.addEventListener("error", fail);
      socket.addEventListener("close", fail, { once: true });
      if (socket.readyState === OPEN) resolve(undefined);
    });
  } catch (error) {
    socket.close();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
