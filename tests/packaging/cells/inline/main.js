// A page in one file: the wasm is in the JavaScript.

import init, { flattenWorkflow, ViewComfyClient } from "viewcomfy-wasm/inline";

const $ = (id) => document.querySelector(`#${id}`);
const workflow = await (await fetch("workflow_api.json")).text();
await init();
$("keys").textContent = Object.keys(flattenWorkflow(workflow)).join("\n");

const client = new ViewComfyClient({ endpoint: "/api/viewcomfy" });
const params = { "6-inputs-text": "a red fox", "3-inputs-seed": "random" };
const result = await client.inferWithLogs({
  workflow,
  params,
  onLog: (line) => $("log").append(`${line}\n`),
});
$("picture").src = URL.createObjectURL(await result.outputs[0].blob());
await $("picture").decode();
$("status").textContent = "done";
