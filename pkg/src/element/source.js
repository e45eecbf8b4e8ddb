// From what a tag was given (an address, a text, bytes, a file, an object) to the workflow in it.

import { ViewComfyError } from "../errors.js";
import { jsonText } from "../json.js";

/** A `view_comfy.json` says what it is at its beginning; the calls open it themselves. */
const DESIGN = /"file_type"\s*:\s*"view_comfy"/;
const BEGINNING = 4_096;

/**
 * Reads a source: `prompt` is API format, `editor` the editor's, each as text or null; `design` is the text of a
 * `view_comfy.json`, whose form is used.
 *
 * @param {typeof import("viewcomfy-wasm/inspect")} inspector
 * @param {string | URL | null} address
 * @param {any} workflow counts where it is given
 * @param {AbortSignal} signal
 */
export async function readSource(inspector, address, workflow, signal) {
  const file = workflow === null ? await download(address, signal) : fileOf(workflow);
  if (DESIGN.test(await file.slice(0, BEGINNING).text())) {
    const design = await file.text();
    return { prompt: design, editor: null, design };
  }
  const found = await inspector.findWorkflow(file);
  if (!found?.prompt && !found?.workflow)
    throw new ViewComfyError("invalid_workflow", "the file holds no workflow that ComfyUI wrote");
  return { prompt: found.prompt?.json ?? null, editor: found.workflow?.json ?? null, design: null };
}

async function download(address, signal) {
  if (!URL.canParse(address, document.baseURI))
    throw new ViewComfyError("invalid_param", `src is not an address: ${address}`, { key: "src" });
  const response = await fetch(new URL(address, document.baseURI), { signal }).catch((cause) => {
    if (signal.aborted) throw cause;
    throw new ViewComfyError("network", `the workflow at ${address} could not be loaded`, {}, cause);
  });
  if (response.ok) return response.blob();
  const { status } = response;
  throw new ViewComfyError("http_status", `the server responded with ${status} for ${address}`, { status });
}

function fileOf(workflow) {
  if (workflow instanceof Blob) return workflow;
  const isData =
    typeof workflow === "string" || workflow instanceof ArrayBuffer || ArrayBuffer.isView(workflow);
  return new Blob([
    isData
      ? /** @type {any} */ (workflow)
      : jsonText(workflow, { fail: refused, infinite: true, words: true }),
  ]);
}

function refused(what) {
  return new ViewComfyError("invalid_workflow", `the workflow ${what}`);
}
