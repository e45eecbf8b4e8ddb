// A client that knows its workflow's parameters, as `npx viewcomfy-wasm types` describes them.

import {
  applyParams,
  buildParams,
  type ImageParam,
  type InferRequest,
  type NodeLink,
  type Params,
  type Seed,
  ViewComfyClient,
} from "viewcomfy-wasm";

declare const image: File;
declare const workflow: string;

type Portrait = {
  "3-inputs-seed": Seed;
  "3-inputs-sampler_name": "euler" | "dpmpp_2m";
  "3-inputs-model": NodeLink;
  "6-inputs-text": string;
  "52-inputs-image": ImageParam;
};

const client = new ViewComfyClient<Portrait>({ endpoint: "/api/viewcomfy" });
client.infer({
  params: { "6-inputs-text": "a red fox", "3-inputs-seed": "random", "52-inputs-image": image },
});
client.inferWithLogs({ params: { "3-inputs-seed": 18446744073709551615n }, onLog: () => undefined });
client.stream({ params: { "3-inputs-model": ["4", 0], "52-inputs-image": { image, mask: image } } });
client.infer({ params: {} });
client.infer();

// @ts-expect-error a typo in the key
client.infer({ params: { "6-inputs-txt": "a red fox" } });
// @ts-expect-error a typo beside a right one
client.inferWithLogs({ params: { "6-inputs-text": "a red fox", "3-inputs-sed": 1 } });
// @ts-expect-error not one of the choices
client.stream({ params: { "3-inputs-sampler_name": "eular" } });
// @ts-expect-error a text is not a seed
client.infer({ params: { "3-inputs-seed": "seven" } });

// Requests and parameters can be written apart from the call.
const params: Params<Portrait> = { "6-inputs-text": "a red fox" };
const request: InferRequest<Portrait> = { params, workflow };
client.infer(request);
applyParams<Portrait>(workflow, params);
buildParams<Portrait>(params, { workflow });
// @ts-expect-error a typo, where the workflow is named
applyParams<Portrait>(workflow, { "6-inputs-txt": "a red fox" });

// Typed parameters are good for calls that know no workflow.
new ViewComfyClient({ endpoint: "/api/viewcomfy" }).infer({ params });
buildParams(params);
