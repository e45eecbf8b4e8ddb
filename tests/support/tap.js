// Sits between a browser and a server and records all responses of the server: statuses, headers, bodies.

import { once } from "node:events";
import { createServer, request } from "node:http";

/**
 * @param {string} url of the server
 * @returns {Promise<{ url: string, received(): Buffer, close(): Promise<void> }>} `received()` is everything so far,
 *   the bodies without chunk sizes
 */
export async function tapInto(url) {
  const { hostname, port } = new URL(url);
  const answers = [];
  const server = createServer((asked, answering) => {
    const { method, url: path, headers } = asked;
    const upstream = request({ hostname, port, method, path, headers });
    upstream.on("response", (answer) => {
      const { statusCode, statusMessage, rawHeaders } = answer;
      const pieces = [Buffer.from(`\n${statusCode} ${statusMessage}\n${rawHeaders.join("\n")}\n\n`)];
      answers.push(pieces);
      answer.on("data", (piece) => pieces.push(piece));
      answering.writeHead(statusCode, statusMessage, rawHeaders).flushHeaders();
      answer.on("error", () => answering.destroy()).pipe(answering);
    });
    upstream.on("error", () => answering.destroy());
    // The server has to see when a browser disconnects.
    answering.on("close", () => upstream.destroy());
    asked.pipe(upstream);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    received: () => Buffer.concat(answers.flat()),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
