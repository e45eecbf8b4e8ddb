// How long a log line takes from the deployment through the proxy to the client, both in Node.

import { bodyText, startProxy } from "../../tests/support/proxy.js";
import { END } from "../../tests/support/raw-runs.js";
import { pause } from "../../tests/support/requests.js";
import { serve } from "../../tests/support/serve.js";
import { standing } from "../rounds.js";
import { printTable } from "../table.js";

const CLIENT = new URL("../../pkg/node.js", import.meta.url).href;
const LINES = 20;
/** The pause between two lines, so that each is a separate write. */
const GAP_MS = 50;

/** @returns {Promise<object>} milliseconds of each line */
export async function measureProxy() {
  const sent = [];
  const upstream = await serve(async (request, response) => {
    await bodyText(request);
    response.writeHead(201, { "content-type": "text/event-stream" }).flushHeaders();
    for (let line = 0; line < LINES; line += 1) {
      await pause(GAP_MS);
      sent.push(performance.now());
      response.write(`event: log_message\ndata: ${line}\n\n`);
    }
    response.end(END);
  });
  const proxy = await startProxy({ endpoint: upstream.url });
  try {
    const arrived = await readLines(proxy.url);
    const summary = standing(arrived.map((at, line) => at - sent[line]));
    const row = [summary.median, summary.min, summary.max].map((ms) => ms.toFixed(1));
    printTable("a line of log through the proxy, ms", ["", "median", "min", "max"], [["", ...row]]);
    return summary;
  } finally {
    await Promise.all([proxy.close(), upstream.close()]);
  }
}

async function readLines(endpoint) {
  const { default: init, ViewComfyClient } = await import(CLIENT);
  await init();
  const arrived = [];
  const client = new ViewComfyClient({ endpoint });
  await client.inferWithLogs({ params: { "1-inputs-x": 1 }, onLog: () => arrived.push(performance.now()) });
  return arrived;
}
