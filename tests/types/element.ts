// The tags' types: what the document finds, properties, and events with their details.

import type { PromptResult } from "viewcomfy-wasm";
import { ComfyWorkflow, type ElementStrings, ViewComfyApp } from "viewcomfy-wasm/element";

const app: ViewComfyApp | null = document.querySelector("viewcomfy-app");
const shown = document.createElement("comfy-workflow");

export function use() {
  const made: ViewComfyApp = new ViewComfyApp();
  made.src = "/workflow_api.json";
  made.workflow = new Blob([]);
  made.loading = "lazy";
  made.values = { "3-inputs-seed": "random", "12-inputs-image": new Blob([]) };
  made.clientOptions = { headers: { authorization: "Bearer x" } };
  made.strings = { run: "Los", errors: { network: ["a", "b"], unexpected: ["c", "d"] } };
  // @ts-expect-error a code that there is not
  made.strings = { errors: { netwerk: ["a", "b"] } };
  // @ts-expect-error a sentence that there is not
  made.strings = { go: "Los" };
  // @ts-expect-error the endpoint is the tag's own
  made.clientOptions = { endpoint: "/api" };
  // @ts-expect-error to be read
  made.status = "done";
  made.addEventListener("result", ({ detail }) => detail.result satisfies PromptResult);
  made.addEventListener("progress", function ({ detail }) {
    return [detail.progress.percent, this.status];
  });
  made.addEventListener("run", (event) => event.detail.params["3-inputs-seed"] ?? event.preventDefault());
  made.addEventListener("click", (event) => event.clientX);
  const heard = ({ detail }: CustomEvent<{ error: unknown }>) => detail.error;
  made.addEventListener("error", heard);
  made.removeEventListener("error", heard);
  // @ts-expect-error what it has is a result
  made.addEventListener("result", ({ detail }) => detail.error);
  shown.addEventListener("ready", ({ detail }) => detail.inspection.nodes.length);
  const outcome: Promise<PromptResult | null> = made.run();
  const words: ElementStrings["run"] = "Los";
  app?.cancel();
  return [outcome, words, shown instanceof ComfyWorkflow, shown.inspection?.problems];
}
