// One error class whose code tells failures apart, completely.

import {
  type ErrorCode,
  isViewComfyError,
  type NodeError,
  type PromptResult,
  ViewComfyError,
} from "viewcomfy-wasm";

declare const failure: ViewComfyError;
export const told: object = failure.toJSON();

function advise(code: ErrorCode): string {
  switch (code) {
    case "not_initialised":
    case "invalid_workflow":
    case "editor_workflow":
    case "unknown_param":
    case "invalid_param":
    case "empty_params":
    case "missing_endpoint":
    case "missing_credentials":
      return "change the call";
    case "unauthorized":
    case "rate_limited":
    case "validation_failed":
    case "http_status":
      return "ask the service";
    case "damaged_file":
    case "invalid_definitions":
    case "cannot_convert":
      return "choose another file";
    case "execution_failed":
    case "stream_ended":
    case "invalid_response":
    case "invalid_output":
    case "too_large":
    case "storage_full":
    case "network":
    case "timeout":
    case "not_supported":
    case "unknown_run":
      return "read the log";
    default:
      return code satisfies never;
  }
}

try {
  throw new Error("any");
} catch (error) {
  // @ts-expect-error it is unknown before the guard
  error.code;
  if (isViewComfyError(error)) inspect(error);
  if (error instanceof ViewComfyError) inspect(error);
}

function inspect(error: ViewComfyError) {
  const name: "ViewComfyError" = error.name;
  const cause: unknown = error.cause;
  const wait: number | undefined = error.retryAfterMs;
  const nodes: NodeError[] | undefined = error.nodeErrors;
  const result: PromptResult | undefined = error.result;
  const place: (number | undefined)[] = [
    error.status,
    error.line,
    error.column,
    error.offset,
    error.outputIndex,
  ];
  const words: (string | undefined)[] = [
    error.body,
    error.errorType,
    error.key,
    error.filename,
    error.errorData,
  ];
  const lists: (string[] | undefined)[] = [error.nearest, error.logs];
  const base: Error = error;
  // @ts-expect-error there is no such code
  if (error.code === "teapot") advise(error.code);
  // @ts-expect-error facts are read only
  error.code = "timeout";
  // @ts-expect-error the fact may be missing
  error.nearest[0];
  return { advice: advise(error.code), name, cause, wait, nodes, result, place, words, lists, base };
}

const { nodeId, classType, input, type, message, details }: NodeError = {
  nodeId: null,
  classType: null,
  input: null,
  type: "value_not_in_list",
  message: "Value not in list",
  details: "",
};

export { classType, details, input, message, nodeId, type };
