// A small server for a test, on a free port of this machine, and an address without a server.

import { once } from "node:events";
import { createServer } from "node:http";

/** The listen backlog: on a busy machine a thousand connections may be pending, and Node's default is about half of that. */
const BACKLOG = 4096;

/**
 * @param {import("node:http").RequestListener} listener
 * @returns {Promise<{ url: string, close(): Promise<void> }>}
 */
export async function serve(listener) {
  const server = createServer(listener);
  server.listen({ port: 0, host: "127.0.0.1", backlog: BACKLOG });
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** An address at which nothing listens anymore. Port 1 would not do: browsers block it without trying. */
export async function closedAddress() {
  const { url, close } = await serve(() => {});
  await close();
  return url;
}
