// A small server of a test's own, on a free port of this machine.

import { once } from "node:events";
import { createServer } from "node:http";

/**
 * @param {import("node:http").RequestListener} listener
 * @returns {Promise<{ url: string, close(): Promise<void> }>}
 */
export async function serve(listener) {
  const server = createServer(listener);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
