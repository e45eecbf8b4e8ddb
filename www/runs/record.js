// One run on its way into what is kept: its start, where a reload may find it again, and its end with what it made.

import { isSecretName } from "../secret-names.js";

/** A link's content is kept up to this size; nothing says how large a larger one is worth fetching twice. */
const MOST_FETCHED = 64 * 1024 * 1024;
const PICTURE_SIDE = 96;

/**
 * Begins to record a run. `resumable` says whether the endpoint finds it again after a reload: then it is kept from its start.
 *
 * @param {{ keep(run: any, contents: any): Promise<void> }} kept
 * @param {{ name: string, endpoint: string, workflow: string | null, resumable: boolean }} about
 */
export function recordRun(kept, { name, endpoint, workflow, resumable }) {
  const run = {
    id: newId(),
    promptId: null,
    endpoint,
    name,
    at: Date.now(),
    state: "running",
    seconds: null,
    seeds: [],
    outputs: [],
    picture: null,
    bytes: 0,
  };
  return recording(kept, run, { id: run.id, values: null, workflow, prompt: null, files: [] }, resumable);
}

/** Goes on recording a run that was kept at its start. */
export function continueRecord(kept, run, contents) {
  const known = contents ?? { id: run.id, values: null, workflow: null, prompt: null, files: [] };
  return recording(kept, { ...run }, known, true);
}

function recording(kept, run, contents, resumable) {
  let begun = run.promptId !== null;
  // Some value is not to be kept; what the server says has run holds it, too.
  let hasSecret = contents.workflow === null;
  return {
    run,
    /** The answer has begun. */
    opened({ promptId, sent }) {
      begun = true;
      run.promptId ??= promptId;
      keepValues(sent);
      if (resumable && run.promptId !== null) kept.keep({ ...run }, { ...contents });
    },
    /** What never began is not kept: nothing ran. */
    async ended(state, { result = null, seeds = [], seconds = null } = {}) {
      if (!begun && result === null) return;
      // It goes on only where it can be found again.
      const lasting = resumable && run.promptId !== null;
      run.state = state === "running" && !lasting ? "failed" : state;
      run.seconds = result?.executionTimeSeconds ?? seconds;
      if (seeds.length > 0) run.seeds = seeds;
      if (result) await take(result);
      await kept.keep({ ...run }, { ...contents });
    },
  };

  function keepValues(sent) {
    if (!sent || contents.values !== null) return;
    const entries = Object.entries(sent.values);
    const open = entries.filter(([key]) => !isSecretName(nameIn(key)));
    if (open.length < entries.length) hasSecret = true;
    contents.values = Object.fromEntries(open);
  }

  async function take(result) {
    run.promptId ??= result.promptId;
    keepValues(result.sent);
    contents.prompt = hasSecret ? null : result.promptJson;
    contents.files = await Promise.all(result.outputs.map(contentOf));
    run.outputs = result.outputs.map(({ filename, contentType, size, url }) => ({
      filename,
      contentType,
      size,
      url,
    }));
    run.picture = await smallPicture(run.outputs, contents.files);
  }
}

/** "12-inputs-api_key" → "api_key" */
function nameIn(key) {
  const mark = "-inputs-";
  const at = key.indexOf(mark);
  return at < 0 ? key : key.slice(at + mark.length);
}

/** The content of an output, or null where its link cannot be read from here. */
async function contentOf(output) {
  if (output.file) return output.file;
  if (output.size !== null && output.size > MOST_FETCHED) return null;
  return output.blob().catch(() => null);
}

async function smallPicture(outputs, files) {
  const at = outputs.findIndex(({ contentType }, index) => files[index] && contentType.startsWith("image/"));
  if (at < 0) return null;
  try {
    const whole = await createImageBitmap(files[at]);
    const scale = Math.min(1, PICTURE_SIDE / Math.max(whole.width, whole.height));
    const canvas = new OffscreenCanvas(
      Math.max(1, Math.round(whole.width * scale)),
      Math.max(1, Math.round(whole.height * scale)),
    );
    canvas.getContext("2d").drawImage(whole, 0, 0, canvas.width, canvas.height);
    whole.close();
    return await canvas.convertToBlob({ type: "image/webp", quality: 0.8 });
  } catch {
    // A picture that this browser cannot draw is in the list without one.
    return null;
  }
}

/** `crypto.randomUUID` is missing where a page comes by http from another machine. */
function newId() {
  return [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join("-");
}

/** A kept run as a result that can be shown; null where something of its outputs is missing. */
export function keptResult(run, contents) {
  const files = run.outputs.map((_, at) => contents?.files[at] ?? null);
  return files.length > 0 && !files.includes(null) ? resultOf(run, contents, files) : null;
}

/** The same where only links are left of some; they may have expired. */
export function linkedResult(run, contents) {
  const files = run.outputs.map((_, at) => contents?.files[at] ?? null);
  const isThere = ({ url }, at) => files[at] !== null || url !== null;
  return run.outputs.some(isThere) ? resultOf(run, contents, files, isThere) : null;
}

function resultOf(run, contents, files, isThere = (_output, _at) => true) {
  const outputs = run.outputs.flatMap((output, at) => {
    if (!isThere(output, at)) return [];
    const file = files[at] && new File([files[at]], output.filename, { type: output.contentType });
    const blob = () => (file ? Promise.resolve(file) : fetch(output.url).then(bodyOf));
    return [{ ...output, file, url: file ? null : output.url, blob }];
  });
  return {
    promptId: run.promptId,
    promptJson: contents?.prompt ?? null,
    executionTimeSeconds: run.seconds,
    outputs,
    sent: null,
  };
}

async function bodyOf(response) {
  if (!response.ok) throw new Error("The link has expired; run the workflow again");
  return response.blob();
}
