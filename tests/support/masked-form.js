// A designed form for the tags, whose picture takes a mask.

import { expect } from "@playwright/test";

export const IMAGE = "1-inputs-image";

const WORKFLOW = {
  1: { class_type: "LoadImage", inputs: { image: "input.png" } },
  2: { class_type: "SaveImage", inputs: { filename_prefix: "x", images: ["1", 0] } },
};
const field = { key: IMAGE, title: "Photo", valueType: "image-mask", value: null };
const viewComfyJSON = { title: "", inputs: [{ title: "Picture", key: "1-LoadImage", inputs: [field] }] };

export const MASKED = JSON.stringify({
  file_type: "view_comfy",
  workflows: [{ viewComfyJSON, workflowApiJSON: WORKFLOW }],
});

/** Sets the form of the first tag, and puts a picture of one colour and this size into its field. */
export function showMasked(page, width, height) {
  return page.evaluate(
    async ([workflow, key, w, h]) => {
      await customElements.whenDefined("viewcomfy-app");
      const app = document.querySelector("viewcomfy-app");
      const ready = new Promise((resolve) => app.addEventListener("ready", resolve, { once: true }));
      app.workflow = workflow;
      await ready;
      const canvas = new OffscreenCanvas(w, h);
      const context = canvas.getContext("2d");
      context.fillStyle = "#c63";
      context.fillRect(0, 0, w, h);
      app.values = { [key]: new File([await canvas.convertToBlob()], "fox.png", { type: "image/png" }) };
    },
    [MASKED, IMAGE, width, height],
  );
}

/** The bytes of the mask in the first tag's form, once it has one. */
export async function maskBytes(page) {
  let numbers = null;
  await expect.poll(async () => (numbers = await page.evaluate(maskOf, IMAGE))).not.toBe(null);
  return Buffer.from(/** @type {any} */ (numbers));
}

async function maskOf(key) {
  const { mask } = document.querySelector("viewcomfy-app").values[key] ?? {};
  return mask ? [...new Uint8Array(await mask.arrayBuffer())] : null;
}
