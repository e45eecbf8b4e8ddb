// Playwright's test with the demo as `npm start -- --comfyui` serves it in front of a ComfyUI server.

import { test as base } from "@playwright/test";

import { startComfy } from "./comfyui.js";
import { startDemo } from "./demo.js";

export const test = base.extend({
  /** A stand-in with a slow sampler and previews, and the demo in front of it. */
  pair: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
    async ({}, use) => {
      const comfy = await startComfy({ speed: 20, args: ["--previews"] });
      const demo = await startDemo({}, ["--comfyui", comfy.url]);
      await use({ comfy, demo });
      await demo.close();
      await comfy.close();
    },
    { scope: "worker" },
  ],
});
