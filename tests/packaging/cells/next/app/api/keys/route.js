// A route that uses the package on the server.

import init, { flattenWorkflow } from "viewcomfy-wasm";

export async function POST(request) {
  await init();
  return Response.json(Object.keys(flattenWorkflow(await request.arrayBuffer())));
}
