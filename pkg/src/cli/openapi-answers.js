// What a route answers, as parts of an OpenAPI description.

const text = { type: "string" };
const id = { ...text, description: "The run's id." };
const seconds = { type: "number", description: "How long the run took." };
const errorData = { ...text, description: "What went wrong, in the service's words." };

/** What a route says of itself and of the run. */
export const HEADERS = {
  "viewcomfy-prompt-id": { description: "The run's id, where the route knows it.", schema: text },
  "viewcomfy-can": {
    description: "What the route offers beside runs, separated by commas: resume, look-up, cancel.",
    schema: text,
  },
};

const refusal = (description) => ({
  description,
  content: { "application/json": { schema: { $ref: "#/components/schemas/Refusal" } } },
});

/** By status. What the backend itself answers is passed on, so that its body may have any shape. */
export const REFUSALS = {
  400: refusal("The form cannot be used, or ComfyUI refuses the values: `node_errors` says which."),
  401: refusal("The caller may not call here."),
  403: refusal("The page's origin or the link's host is not allowed."),
  404: refusal("No run has this id."),
  405: refusal("The route does not support this method."),
  413: refusal("The body is too large."),
  415: refusal("The body is not a form."),
  422: refusal("The deployment does not accept the values or the form."),
  500: refusal("The route is not set up, or failed."),
  502: refusal("The backend could not be reached."),
  504: refusal("The backend's response did not begin in time."),
  default: refusal("Any other failure, as the backend reports it."),
};

/** @param {any} parameters the schema of the workflow's parameters */
export function components(parameters) {
  return {
    schemas: {
      Parameters: parameters,
      PromptResult: {
        type: "object",
        properties: {
          prompt_id: id,
          status: text,
          completed: { type: "boolean" },
          execution_time_seconds: seconds,
          prompt: { description: "The workflow that ran." },
          outputs: { type: "array", items: { $ref: "#/components/schemas/Output" } },
          error_data: errorData,
        },
      },
      Output: {
        type: "object",
        description: "A file that the run made: its content in `data`, or where it is in `filepath`.",
        properties: {
          filename: text,
          content_type: { ...text, description: "The file's media type." },
          size: { type: "integer", minimum: 0, description: "Bytes." },
          data: { ...text, contentEncoding: "base64", contentMediaType: "application/octet-stream" },
          filepath: { ...text, format: "uri-reference" },
        },
        required: ["filename"],
      },
      RunRecord: {
        type: "object",
        properties: {
          prompt_id: id,
          status: { enum: ["queued", "running", "success", "error", "canceled"] },
          completed: { type: "boolean" },
          execution_time_seconds: seconds,
          queue_position: { type: "integer", minimum: 0, description: "How many runs come first." },
          outputs: { type: "array", items: { $ref: "#/components/schemas/Output" } },
          error_data: errorData,
        },
        required: ["prompt_id", "status", "completed"],
      },
      Canceled: {
        type: "object",
        properties: {
          prompt_id: id,
          canceled: { type: "boolean", description: "False if it had already ended." },
        },
        required: ["prompt_id", "canceled"],
      },
      Refusal: {
        anyOf: [
          {
            description: "Of the route itself.",
            type: "object",
            properties: {
              errorMsg: text,
              errorDetails: { anyOf: [text, { type: "array", items: text }] },
              errorType: { ...text, description: "What went wrong, for programs." },
            },
            required: ["errorMsg"],
          },
          {
            description: "Of a deployment.",
            type: "object",
            properties: { detail: true },
            required: ["detail"],
          },
          {
            description: "Of ComfyUI, which does not run the values.",
            type: "object",
            properties: { error: true, node_errors: { type: "object" } },
            required: ["error"],
          },
        ],
      },
    },
  };
}
