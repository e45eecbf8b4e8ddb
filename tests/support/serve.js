// A small server of a test's own, on a free port of this machine, and an address without one.

import { once } from "node:events";
import { createServer } from "node:http";

/** A thousand connections at once wait in line on a busy machine; Node's own line has room for half of them. */
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

/** An address at which nothing listens any more. Port 1 would not do: engines refuse it themselves, without trying. */
export async function closedAddress() {
  const { url, close } = await serve(() => {});
  await close();
  return url;
}
