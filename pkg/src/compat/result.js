// A result as the other client hands it out: the service's names, `File`s and links.

/** See compat.d.ts. */
export class S3FilesData {
  constructor({ filename, content_type, filepath, size }) {
    Object.assign(this, { filename, content_type, filepath, size });
  }
}

/** See compat.d.ts. */
export class PromptResult {
  constructor({ prompt_id, status, completed, execution_time_seconds, prompt, outputs }) {
    Object.assign(this, { prompt_id, status, completed, execution_time_seconds, prompt });
    this.outputs = (outputs ?? []).map(outputOf);
  }
}

function outputOf(output) {
  if (output instanceof Blob || output instanceof S3FilesData) return output;
  if ("filepath" in output) return new S3FilesData(output);
  const { data, filename, content_type: type } = output;
  const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
  return new File([bytes], filename, { type });
}

/** The result of one of our runs, whose files are decoded. The prompt is parsed as there: large integers are rounded. */
export function resultOf(result) {
  const { promptId, status, completed, executionTimeSeconds, outputs } = result;
  return new PromptResult({
    prompt_id: promptId,
    status,
    completed,
    execution_time_seconds: executionTimeSeconds,
    prompt: promptOf(result),
    outputs: outputs.map(
      ({ file, filename, contentType, url, size }) =>
        file ?? { filename, content_type: contentType, filepath: url, size },
    ),
  });
}

function promptOf(result) {
  const json = result.promptJson ?? "null";
  // Python's words, which `JSON.parse` refuses, were read already.
  return /NaN|Infinity/.test(json) ? rounded(result.prompt) : JSON.parse(json);
}

function rounded(value) {
  if (typeof value === "bigint") return Number(value);
  if (Array.isArray(value)) return value.map(rounded);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rounded(item)]));
}
