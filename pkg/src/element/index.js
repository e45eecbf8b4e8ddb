// Entry of the tags: importing it makes them known to the page. On a server there is no page, and nothing happens.

import { ViewComfyApp } from "./app.js";
import { ComfyWorkflow } from "./workflow.js";

const TAGS = { "viewcomfy-app": ViewComfyApp, "comfy-workflow": ComfyWorkflow };

// Another copy of the package may have been there first.
for (const [name, Tag] of Object.entries(TAGS)) {
  if (globalThis.customElements && !customElements.get(name)) customElements.define(name, Tag);
}

export { ComfyWorkflow, ViewComfyApp };
