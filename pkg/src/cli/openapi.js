// The OpenAPI 3.1 description of an app's route with a workflow's parameters: https://spec.openapis.org/oas/v3.1.1.
// What the route takes and answers is told in docs/site/guide/runs.md.

import { inputsByKey } from "./inputs-by-key.js";
import { components, HEADERS, REFUSALS } from "./openapi-answers.js";
import { isUpload } from "./parameter-schema.js";
import { parametersSchema } from "./schema-document.js";
import { oneLine } from "./terminal.js";

/** A mask is sent beside the image, under its key and this. */
const MASK = "-viewcomfymask";
const MASKED = new Set(["image", "mask"]);
/** What a file of a kind is, in words of HTTP's `Accept`. */
const MEDIA = { image: "image/*", mask: "image/*", video: "video/*", audio: "audio/*", file: "*/*" };
const BINARY = { type: "string", format: "binary" };
const OFFERED =
  "Offered by the routes of viewcomfy-wasm/cloud and viewcomfy-wasm/comfyui, not by the proxy of a deployment.";
const ID = { type: "string", pattern: "^[A-Za-z0-9._~:-]{1,300}$" };

/**
 * @param {import("viewcomfy-wasm/inspect").InspectedNode[]} nodes of a workflow in API format
 * @param {{ title: string, isOfServer: boolean, route: string, version: string }} facts
 */
export function openApiDocument(nodes, facts) {
  return {
    openapi: "3.1.0",
    info: {
      title: oneLine(facts.title),
      version: facts.version,
      description:
        "Runs one workflow. Who may call, and how a caller proves it, is the app's own affair and not described here.",
    },
    servers: [{ url: "/" }],
    paths: { [facts.route]: { post: runOrCancel(nodes), get: follow() } },
    components: components(parametersSchema(nodes, facts)),
  };
}

function runOrCancel(nodes) {
  return {
    operationId: "run",
    summary: "Runs the workflow; with `cancel`, cancels a run",
    description: `Without a query the form is run. With \`cancel\` and without a body the run of this id is cancelled, and no other. ${OFFERED.replace("Offered", "Cancelling is offered")}`,
    parameters: [query("cancel", ID, "The prompt id of a run to cancel.")],
    requestBody: { required: false, content: { "multipart/form-data": form(nodes) } },
    responses: {
      200: {
        description: "The run was cancelled, or had already ended.",
        content: json("Canceled"),
      },
      201: {
        description:
          "The run: one JSON response at its end, or with `logs` a stream of events: `log_message`, `error`, `preview` where asked for, and `prompt_result`, whose data is a PromptResult on one line.",
        headers: HEADERS,
        content: { ...json("PromptResult"), "text/event-stream": { schema: { type: "string" } } },
      },
      ...REFUSALS,
    },
  };
}

function form(nodes) {
  const files = [...inputsByKey(nodes)].filter(([, { input }]) => isUpload(input)).flatMap(fileParts);
  return {
    schema: {
      type: "object",
      properties: {
        params: { $ref: "#/components/schemas/Parameters" },
        logs: { type: "boolean", default: false, description: "Whether to respond with a stream of events." },
        workflow_api: {
          type: "object",
          description:
            "A whole workflow in API format to run instead; its keys are then the ones that `params` takes. Many routes refuse it.",
        },
        previews: {
          type: "boolean",
          default: false,
          description: "Whether to send previews; only viewcomfy-wasm/comfyui does.",
        },
        ...Object.fromEntries(files.map(({ name, schema }) => [name, schema])),
      },
      required: ["params"],
    },
    encoding: {
      params: { contentType: "application/json" },
      workflow_api: { contentType: "application/json" },
      ...Object.fromEntries(files.map(({ name, contentType }) => [name, { contentType }])),
    },
  };
}

function fileParts([key, { node, input }]) {
  const title = oneLine(`${node.title}: ${input.name}`);
  const file = { name: key, schema: { ...BINARY, title }, contentType: MEDIA[input.kind] };
  if (!MASKED.has(input.kind)) return [file];
  const description = "The mask: a PNG of the image's size, transparent where the image is masked.";
  const mask = { name: `${key}${MASK}`, schema: { ...BINARY, title: `${title}, mask`, description } };
  return [file, { ...mask, contentType: "image/png" }];
}

function follow() {
  const ids = { type: "array", items: ID, minItems: 1 };
  return {
    operationId: "follow",
    summary: "Follows a run, looks runs up, or fetches an output that came as a link",
    description: "Takes exactly one of these queries.",
    parameters: [
      query("resume", ID, `The prompt id of a run to follow from now on. ${OFFERED}`),
      { ...query("prompt_ids", ids, `Prompt ids to look up. ${OFFERED}`), style: "form", explode: true },
      query(
        "url",
        { type: "string", format: "uri" },
        "An output's link, where the route may fetch its host.",
      ),
      query("view", { type: "string" }, "An output of ComfyUI, as a result's filepath names it."),
    ],
    responses: {
      200: {
        description:
          "With `resume` a stream of events, as of a run. With `prompt_ids` a record for each known run, in the order asked. Else the output's bytes.",
        headers: HEADERS,
        content: {
          "text/event-stream": { schema: { type: "string" } },
          "application/json": {
            schema: { type: "array", items: { $ref: "#/components/schemas/RunRecord" } },
          },
          "*/*": { schema: BINARY },
        },
      },
      206: {
        description: "A part of the output, where a range was asked for.",
        content: { "*/*": { schema: BINARY } },
      },
      ...REFUSALS,
    },
  };
}

function query(name, schema, description) {
  return { name, in: "query", required: false, description, schema };
}

function json(name) {
  return { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } };
}
