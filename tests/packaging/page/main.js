// A page that shows a workflow's keys and problems, runs it, and shows the log and the picture.

import { keysOf } from "./keys.js";
import { run } from "./run.js";

const $ = (id) => document.querySelector(`#${id}`);
const workflow = await (await fetch("workflow_api.json")).text();

const [keys, result, problems] = await Promise.all([
  keysOf(workflow),
  run(workflow, (line) => $("log").append(`${line}\n`)),
  // Only when it is needed: it has a wasm of its own.
  import("./problems.js").then(({ problemsOf }) => problemsOf(workflow)),
]);
$("keys").textContent = keys.join("\n");
$("problems").textContent = problems.join("\n");
$("picture").src = URL.createObjectURL(await result.outputs[0].blob());
await $("picture").decode();
$("status").textContent = "done";
