// What workflows are wrapped in: each function makes a file from the text of a workflow.

/** A run as in a server's queue and history. */
const run = (number, prompt, workflow) =>
  `{"prompt": [${number}, "id-${number}", ${prompt}, {"extra_pnginfo": {"workflow": ${workflow}}}, ["9"]], "outputs": {}}`;
const OLDER = '{"1": {"class_type": "Older", "inputs": {"x": 1}}}';
const OTHER = '{"nodes": [], "links": [], "version": 0.4}';
const quoted = (text) => JSON.stringify(text);
const utf16 = (text) => new Uint8Array(Buffer.from(`\ufeff${text}`, "utf16le"));
const swapped = (text) => new Uint8Array(Buffer.from(`\ufeff${text}`, "utf16le").swap16());

/** Wrappers of a workflow in either format. */
export const AROUND_ANY = {
  "a request to ComfyUI": (workflow) => `{"client_id": "c", "prompt": ${workflow}}`,
  "a request with the workflow as a string": (workflow) => `{"prompt": ${quoted(workflow)}}`,
  "a request to RunPod": (workflow) => `{"input": {"workflow": ${workflow}, "images": []}, "webhook": "w"}`,
  "a request to RunPod with a string": (workflow) => `{"input": {"workflow": ${quoted(workflow)}}}`,
  "a request that also has a text prompt": (workflow) =>
    `{"input": {"prompt": "a fox", "workflow": ${workflow}}}`,
  "an object with one key": (workflow) => `{"workflow": ${workflow}}`,
  "a text": quoted,
  "a string in a string": (workflow) => quoted(quoted(workflow)),
  "a list of one": (workflow) => `[${workflow}]`,
  "a list with the same workflow twice": (workflow) => `[${workflow}, ${workflow}]`,
  "a list of one string": (workflow) => `[${quoted(workflow)}]`,
  "a file with a byte order mark": (workflow) => `\ufeff${workflow}`,
  "UTF-16": utf16,
  "UTF-16 in the other byte order": swapped,
  "a request to RunPod in UTF-16": (workflow) => utf16(`{"input": {"workflow": ${workflow}}}`),
};

/** Wrappers of both formats of one workflow. */
export const AROUND_BOTH = {
  "what graphToPrompt returns": (api, editor) => `{"workflow": ${editor}, "output": ${api}}`,
  "a request with the editor's graph": (api, editor) =>
    `{"prompt": ${api}, "extra_data": {"extra_pnginfo": {"workflow": ${editor}}}}`,
  "a response of /history": (api, editor) =>
    `{"id-1": ${run(1, OLDER, OTHER)}, "id-2": ${run(2, api, editor)}}`,
  "one run of /history": (api, editor) => run(7, api, editor),
};
