// A worker that flattens and runs the workflow that it is sent.

import init, { flattenWorkflow, ViewComfyClient } from "viewcomfy-wasm";
import initInspect, { findWorkflow, toApiFormat } from "viewcomfy-wasm/inspect";

export default {
  async fetch(request, env) {
    await Promise.all([init(), initInspect()]);
    const workflow = await request.text();
    const client = new ViewComfyClient({
      endpoint: env.VIEWCOMFY_API_URL,
      clientId: env.VIEWCOMFY_CLIENT_ID,
      clientSecret: env.VIEWCOMFY_CLIENT_SECRET,
    });

    const log = [];
    const params = { "6-inputs-text": "a red fox", "3-inputs-seed": "random" };
    const result = await client.inferWithLogs({ workflow, params, onLog: (line) => log.push(line) });
    const picture = await result.outputs[0].blob();
    // ComfyUI writes the workflow into the picture.
    const { prompt } = await findWorkflow(picture);
    const { json } = await toApiFormat(prompt.json); // what is in API format stays
    const keys = Object.keys(flattenWorkflow(json));
    return Response.json({ keys, log, picture: { bytes: picture.size } });
  },
};
