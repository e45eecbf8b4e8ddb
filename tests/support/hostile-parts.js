// What an attacker may put into a workflow or into the outputs of a run to execute a script in someone else's page. If one
// of them runs, it sets `ran` in the page.

import { END, previewEvent, RESULT } from "./raw-runs.js";

/** Markup that runs as soon as it is parsed. */
export const SCRIPT = '<img src=x onerror="globalThis.ran = 1"><script>globalThis.ran = 1</script>';
/** A note in an editor's file: Markdown with markup in every place, and links of every kind, two of them http(s). */
export const NOTE = `# Title ${SCRIPT}

Words ${SCRIPT} and **bold ${SCRIPT}** and \`code ${SCRIPT}\`

- [press](javascript:globalThis.ran=3)
- [data](data:text/html,<script>globalThis.ran=4</script>)
- [odd]( JaVaScRiPt:globalThis.ran=5 "title")
- [good](https://example.com/a_b)
- <https://example.org/>

\`\`\`html
${SCRIPT}
\`\`\`

<a href="javascript:globalThis.ran=6">press</a>`;

const PAGE = "<!doctype html><script>opener ? (opener.ran = 1) : (top.ran = 1)</script>";
const DRAWING = `<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20" onload="top.ran = 1"><script>top.ran = 1; try { localStorage.setItem("ran", "1") } catch {}</script><rect width="20" height="20"/></svg>`;
const XHTML = `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title><script>localStorage.setItem("ran", "1")</script></head><body/></html>`;

/** A workflow that consists of such texts. */
export const HOSTILE = {
  1: {
    class_type: `CLIPTextEncode${SCRIPT}`,
    inputs: { text: SCRIPT, [`name${SCRIPT}`]: SCRIPT, __proto__: null },
    _meta: { title: SCRIPT },
  },
  2: {
    class_type: "SaveImage",
    inputs: { filename_prefix: SCRIPT, images: ["1", 0] },
    _meta: { title: "javascript:1" },
  },
};

const base64 = (text) => Buffer.from(text).toString("base64");
/** Files that a browser would run if they were opened as pages, and text with markup. */
export const OUTPUTS = [
  { filename: `${SCRIPT}.html`, content_type: "text/html", data: base64(PAGE) },
  { filename: "drawing.svg", content_type: "image/svg+xml", data: base64(DRAWING) },
  { filename: "page.xhtml", content_type: "application/xhtml+xml", data: base64(PAGE) },
  { filename: "text.txt", content_type: "text/plain", data: base64(SCRIPT) },
  { filename: "film.mp4", content_type: "video/x-odd+xml", data: base64(XHTML) },
  { filename: "paper.pdf", content_type: "application/pdf", data: base64("%PDF-1.4") },
];

/** A route that returns these outputs for a run. */
export function answering(outputs) {
  const result = { ...JSON.parse(RESULT), outputs };
  const body = END.replace(RESULT, JSON.stringify(result));
  return streaming((response) => response.end(`event: log_message\ndata: ${SCRIPT}\n\n${body}`));
}

/** A route that answers a request, once it is whole, with the events that `send` writes. */
function streaming(send) {
  return (request, response) => {
    request.resume().on("end", () => {
      send(response.writeHead(200, { "content-type": "text/event-stream" }));
    });
  };
}

/** A route that sends the drawing as a preview of a run, which does not end. */
export const previewing = streaming((response) => {
  response.write(previewEvent(OUTPUTS[1]));
});

/** A `view_comfy.json` with its workflow, in which a form's designer wrote such texts everywhere. */
export function designed() {
  const field = {
    key: "1-inputs-cfg",
    title: SCRIPT,
    placeholder: SCRIPT,
    helpText: SCRIPT,
    tooltip: SCRIPT,
    valueType: "select",
    value: SCRIPT,
    options: [{ label: SCRIPT, value: SCRIPT }],
    validations: { required: true, errorMsg: SCRIPT },
  };
  const group = { title: SCRIPT, key: "1-Odd", inputs: [field] };
  const viewComfyJSON = { id: "1", title: SCRIPT, description: SCRIPT, inputs: [group], advancedInputs: [] };
  const workflowApiJSON = { 1: { class_type: "Odd", inputs: { cfg: SCRIPT } } };
  const file = { file_type: "view_comfy", file_version: "1.0.0", version: "0.0.1", appTitle: SCRIPT };
  return JSON.stringify({ ...file, workflows: [{ viewComfyJSON, workflowApiJSON }] });
}
