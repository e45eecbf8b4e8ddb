// A failure as one readable block on stderr: what is wrong, what to do, the code; and the exit code that goes with it.

import { stringifyJson } from "viewcomfy-wasm";

import { adviceFor } from "./advice.js";
import { dataWithoutSecrets } from "./credentials.js";
import { CliFailure, EXIT } from "./failure.js";
import { oneLine, painter, visible, writeError } from "./terminal.js";

/** What of an error is told with --json, where it is there. */
const FACTS = [
  ...[
    "status",
    "errorType",
    "retryAfterMs",
    "key",
    "nearest",
    "line",
    "column",
    "format",
    "reason",
    "nodeId",
  ],
  ...["input", "nodeErrors", "errorData", "outputIndex", "filename", "limit", "timeoutMs", "logs"],
];
const USAGE = new Set(["missing_endpoint", "missing_credentials"]);
const INPUT = new Set([
  ...["invalid_workflow", "editor_workflow", "unknown_param", "invalid_param", "empty_params"],
  ...["damaged_file", "cannot_convert", "invalid_definitions"],
]);

/**
 * @param {any} error
 * @param {{ json: boolean }} how
 * @returns {Promise<number>} the exit code
 */
export async function reportFailure(error, { json }) {
  const failure = described(error);
  await writeError(json ? `${stringifyJson({ error: dataWithoutSecrets(failure) })}\n` : block(failure));
  return failure.exitCode;
}

/** The failure as data. @param {any} error @returns {Record<string, any>} */
export function described(error) {
  const code = knownCode(error);
  const facts = FACTS.filter((name) => error?.[name] !== undefined && code !== "unexpected");
  return {
    code,
    message: String(error?.message ?? error),
    advice: error instanceof CliFailure ? error.advice : adviceFor(code),
    exitCode: exitCodeOf(error, code),
    ...causeOf(error),
    ...Object.fromEntries(facts.map((name) => [name, error[name]])),
  };
}

/** What lies underneath, if anything does: of "fetch failed" it is the system's own word. */
function causeOf(error) {
  let cause = error?.cause;
  while (cause?.cause) cause = cause.cause;
  return cause === undefined ? {} : { cause: oneLine(cause?.message || cause?.code || cause) };
}

function knownCode(error) {
  return error instanceof CliFailure || error?.name === "ViewComfyError" ? error.code : "unexpected";
}

function exitCodeOf(error, code) {
  if (error instanceof CliFailure) return error.exitCode;
  if (code === "unexpected" || code === "not_initialised") return EXIT.unexpected;
  if (USAGE.has(code)) return EXIT.usage;
  return INPUT.has(code) ? EXIT.input : EXIT.run;
}

/** @param {Record<string, any>} failure */
function block({ code, message, advice, cause, nodeErrors, logs }) {
  const paint = painter(process.stderr);
  const lines = [`${paint("red", "error")}: ${visible(message).trim()}`];
  for (const each of nodeErrors ?? []) lines.push(`  ${nodeError(each)}`);
  for (const line of logs ?? []) lines.push(paint("dim", `  | ${oneLine(line)}`));
  if (cause !== undefined) lines.push(`  Cause: ${cause}`);
  lines.push(`  What to do: ${visible(advice)}`, `  Code: ${code}`);
  return `${lines.join("\n")}\n`;
}

function nodeError({ nodeId, classType, input, message, details }) {
  const place = [nodeId && `node ${nodeId}`, classType && `(${classType})`, input].filter(Boolean).join(" ");
  return oneLine([place, message, details].filter(Boolean).join(": "));
}
