// A worker written for ViewComfy's TypeScript client, with its one import changed.

import { flattenWorkflow } from "viewcomfy-wasm";
import { inferWithLogsStream } from "viewcomfy-wasm/compat";

export default {
  async fetch(request, env) {
    const log = [];
    const { outputs } = await inferWithLogsStream({
      apiUrl: env.VIEWCOMFY_API_URL,
      params: { "6-inputs-text": "a red fox", "3-inputs-seed": 7 },
      loggingCallback: (message) => log.push(message),
      clientId: env.VIEWCOMFY_CLIENT_ID,
      clientSecret: env.VIEWCOMFY_CLIENT_SECRET,
    });
    // The first call has loaded the wasm, for everybody.
    const keys = Object.keys(flattenWorkflow(await request.text()));
    return Response.json({ keys, log, picture: { bytes: outputs[0].size } });
  },
};
