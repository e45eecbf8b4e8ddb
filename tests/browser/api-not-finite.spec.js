// A result with NaN and infinities in it, as Python writes them, in a real browser: the four ways.

import { expect, test } from "../support/api-page.js";
import { WAYS } from "../support/describe.js";
import { NOT_FINITE } from "../support/not-finite.js";
import { startRawServer } from "../support/raw-server.js";

const { body, chunks, outputs, prompt, stream } = NOT_FINITE;

test("every way hands out all of a result that is not quite JSON", async ({ apiPage }) => {
  const server = await startRawServer(({ url }) =>
    url === "/plain"
      ? { chunks: chunks(body), headers: { "content-type": "application/json" } }
      : { chunks: chunks(stream), status: 200 },
  );
  try {
    const told = await apiPage.evaluate(
      async ([url, ways]) => {
        const { lib } = await import("/tests-support/in-page.js");
        const client = (path) => new lib.ViewComfyClient({ endpoint: `${url}${path}`, credentials: "omit" });
        const request = { params: { "3-inputs-seed": 1 } };
        const runs = {
          infer: () => client("/plain").infer(request),
          inferWithLogs: () => client("/stream").inferWithLogs(request),
          stream: async () => {
            for await (const event of client("/stream").stream(request))
              if (event.type === "result") return event.result;
          },
          follow: () => lib.follow(`${url}/stream`),
        };
        const told = {};
        for (const way of ways) {
          const result = await runs[way]();
          const files = result.outputs.map(async ({ file }) => [...new Uint8Array(await file.arrayBuffer())]);
          told[way] = {
            outputs: await Promise.all(files),
            promptJson: result.promptJson,
            // What is not finite travels out of a page as text.
            values: [result.prompt["6"].inputs.cfg, ...result.prompt["6"].is_changed].map(String),
            seconds: result.executionTimeSeconds,
            written: JSON.parse(JSON.stringify(result)).prompt["6"].is_changed,
          };
        }
        return told;
      },
      [server.url, WAYS],
    );
    for (const way of WAYS) {
      expect(told[way], way).toEqual({
        outputs,
        promptJson: prompt,
        values: ["NaN", "NaN", "Infinity", "-Infinity"],
        seconds: null,
        written: [null, null, null],
      });
    }
  } finally {
    await server.close();
  }
});
