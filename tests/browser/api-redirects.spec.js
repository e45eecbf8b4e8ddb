// A page with credentials: where a redirect points, they do not go.

import { expect, test } from "../support/api-page.js";
import { serve } from "../support/serve.js";

const ALLOWING = { "access-control-allow-origin": "*", "access-control-allow-headers": "*" };

for (const status of [301, 302, 303, 307, 308]) {
  test(`${status}: neither id nor secret goes to another origin that allows them`, async ({
    apiPage: page,
  }) => {
    const seen = [];
    const elsewhere = await serve((request, response) => {
      seen.push(request.url);
      response.writeHead(request.method === "OPTIONS" ? 204 : 201, ALLOWING).end("{}");
    });
    let asked = 0;
    const gateway = await serve(async (request, response) => {
      for await (const _ of request); // Read to the end, as a real service does.
      if (request.method === "OPTIONS") return response.writeHead(204, ALLOWING).end();
      asked += 1;
      response.writeHead(status, { ...ALLOWING, location: `${elsewhere.url}/there` }).end();
    });
    const { code, message } = await page.evaluate(async (endpoint) => {
      const { default: init, ViewComfyClient } = await import("/pkg/index.js");
      await init();
      const client = new ViewComfyClient({
        endpoint,
        clientId: "an-id",
        clientSecret: "a-secret-for-one-host",
      });
      return client
        .infer({ params: { "3-inputs-seed": 1 } })
        .catch(({ code, message }) => ({ code, message }));
    }, gateway.url);
    expect(code).toBe("network");
    expect(message).toMatch(
      /not followed, because a browser would send client_id and client_secret to the new address as well: .*viewcomfy-wasm\/proxy/,
    );
    expect(asked).toBe(1);
    expect(seen).toEqual([]);
    await Promise.all([gateway.close(), elsewhere.close()]);
  });
}
