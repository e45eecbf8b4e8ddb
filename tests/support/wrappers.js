// What people's workflows stand in: each wrapper makes a file of the text of a workflow.

/** A run as a server's queue and history have it. */
const run = (number, prompt, workflow) =>
  `{"prompt": [${number}, "id-${number}", ${prompt}, {"extra_pnginfo": {"workflow": ${workflow}}}, ["9"]], "outputs": {}}`;
const OLDER = '{"1": {"class_type": "Older", "inputs": {"x": 1}}}';
const OTHER = '{"nodes": [], "links": [], "version": 0.4}';
const quoted = (text) => JSON.stringify(text);
const utf16 = (text) => new Uint8Array(Buffer.from(`\ufeff${text}`, "utf16le"));
const swapped = (text) => new Uint8Array(Buffer.from(`\ufeff${text}`, "utf16le").swap16());

/** Around a workflow of either format. */
export const AROUND_ANY = {
  "a request to ComfyUI": (workflow) => `{"client_id": "c", "prompt": ${workflow}}`,
  "a request with the workflow as a text": (workflow) => `{"prompt": ${quoted(workflow)}}`,
  "a request to RunPod": (workflow) => `{"input": {"workflow": ${workflow}, "images": []}, "webhook": "w"}`,
  "a request to RunPod with a text": (workflow) => `{"input": {"workflow": ${quoted(workflow)}}}`,
  "a request with a prompt in words beside it": (workflow) =>
    `{"input": {"prompt": "a fox", "workflow": ${workflow}}}`,
  "an object with one key": (workflow) => `{"workflow": ${workflow}}`,
  "a text": quoted,
  "a text in a text": (workflow) => quoted(quoted(workflow)),
  "a list of one": (workflow) => `[${workflow}]`,
  "a list of the same twice": (workflow) => `[${workflow}, ${workflow}]`,
  "a list of one text": (workflow) => `[${quoted(workflow)}]`,
  "a file with a byte order mark": (workflow) => `\ufeff${workflow}`,
  "UTF-16": utf16,
  "UTF-16 in the other order": swapped,
  "a request to RunPod in UTF-16": (workflow) => utf16(`{"input": {"workflow": ${workflow}}}`),
};

/** Around both formats of one workflow. */
export const AROUND_BOTH = {
  "what graphToPrompt gives": (api, editor) => `{"workflow": ${editor}, "output": ${api}}`,
  "a request with the editor's graph": (api, editor) =>
    `{"prompt": ${api}, "extra_data": {"extra_pnginfo": {"workflow": ${editor}}}}`,
  "an answer of /history": (api, editor) =>
    `{"id-1": ${run(1, OLDER, OTHER)}, "id-2": ${run(2, api, editor)}}`,
  "one run of /history": (api, editor) => run(7, api, editor),
};
