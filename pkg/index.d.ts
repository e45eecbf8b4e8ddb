/**
 * `viewcomfy-wasm`: runs ComfyUI workflows behind the ViewComfy API, and reads and changes their parameters exactly.
 *
 * Terms: a *workflow* is a ComfyUI workflow in API format (`workflow_api.json`); a *parameter key* is
 * one of its flattened inputs, such as `"6-inputs-text"`; a *run* is one call of a deployment.
 * @module
 */

import type { ConvertWarning, FileFormat } from "./inspect.js";

/** A JSON value as this package hands it out: integers beyond ±(2^53 − 1) are `bigint`, never rounded. */
export type Json = string | number | bigint | boolean | null | Json[] | { [key: string]: Json };

/**
 * A workflow in API format: JSON text, its bytes (UTF-8, or UTF-16 with a BOM), or an object.
 *
 * Prefer text or bytes: `JSON.parse` rounds integers beyond 2^53 − 1 and moves integer-like node ids to
 * the front, so an object may already have lost its seeds and its order before it gets here. `NaN` and infinities, as Python
 * writes them, are read.
 *
 * A workflow inside something else is unwrapped: a request to ComfyUI or RunPod, `{ workflow, output }`, JSON in a JSON string,
 * a list of one, a response of `GET /history` (the newest run), a `view_comfy.json`.
 */
export type WorkflowInput = string | Uint8Array | ArrayBuffer | object;

/** A flattened workflow: one entry per input, in file order, with `_<id>-node-class_type-info` labels between. */
export type FlatParams = Record<string, Json>;

/** An image together with its mask: a PNG of the image's natural size, alpha 0 where masked and 255 elsewhere. */
export interface MaskedImage {
  image: Blob;
  mask: Blob;
}

/** A value for a parameter. For a seed, `"random"` or `-1` asks for a random value in the field's range. */
export type ParamValue = Json | Blob | MaskedImage;

/** Parameters of a workflow whose keys are not known to the compiler: any key, any value. */
export type AnyParams = Record<string, ParamValue>;

/**
 * Parameter key → value. Keys are those of {@link flattenWorkflow}.
 *
 * `W` lists them for one workflow, as `npx viewcomfy-wasm types workflow_api.json` writes them: then an editor
 * completes the keys, and a typo is a type error. Without it any key is taken, and a `Map` as well.
 */
export type Params<W extends object = AnyParams> = string extends keyof W
  ? Readonly<Record<string, ParamValue>> | ReadonlyMap<string, ParamValue>
  : Readonly<Partial<W>>;

/** A seed: an integer from 0 to 2^64 − 1 (a `bigint` beyond 2^53 − 1), or `"random"` for one in the field's range. */
export type Seed = number | bigint | "random";

/** A whole number; a `bigint` beyond ±(2^53 − 1). */
export type Integer = number | bigint;

/** An image, with its mask where it has one, or the name of a file that the server already has. */
export type ImageParam = Blob | MaskedImage | string;

/** A file, or the name of one that the server already has. */
export type FileParam = Blob | string;

/** The output of a node, by its id and the output's index from 0, as it stands in a workflow. */
export type NodeLink = [node: string, output: number];

/** A note on a parameter that is sent anyway. */
export interface ParamWarning {
  /**
   * What kind of thing it is. `not_finite`: the workflow has `NaN` or an infinity there, as Python writes them, and null is
   * sent, as ComfyUI's page does. A `NaN` of your own is an error (`invalid_param`). `not_a_choice`: the `objectInfo` does not
   * list the value.
   */
  code: "overrides_link" | "type_mismatch" | "not_finite" | "not_a_choice";
  /** The parameter it is about. */
  key: string;
  /** One sentence for a person. */
  message: string;
}

/** One file part of a request. */
export interface FilePart {
  /** The part's name: the parameter key, or the key followed by `-viewcomfymask`. */
  key: string;
  /** The file name that is sent. */
  filename: string;
  /** The content, unchanged. */
  file: Blob;
}

/** What will be sent: the outcome of {@link buildParams}. */
export interface BuiltParams {
  /** The `params` part: compact JSON text, number literals exact, files left out. */
  json: string;
  /** The file parts, in the order given. */
  files: FilePart[];
  /** Links overridden and types that differ from the workflow's; empty without a workflow. */
  warnings: ParamWarning[];
  /** Every seed that was drawn at random, by key. */
  seeds: Record<string, bigint>;
  /** All values used, random seeds filled in: pass this as `params` to repeat the run. */
  values: Record<string, ParamValue>;
}

/**
 * Reads JSON text and keeps every digit: integers beyond ±(2^53 − 1) become `bigint`, everything else is what `JSON.parse`
 * returns. `NaN`, `Infinity` and `-Infinity`, which Python writes, become those numbers. It needs no `init()`.
 *
 * @throws {ViewComfyError} `invalid_param` with the `cause`, when the text is not JSON
 * @example
 * ```js
 * parseJson('{"seed": 18446744073709551615}').seed; // 18446744073709551615n
 * ```
 */
export function parseJson(text: string): Json;

/**
 * Writes a value as JSON text and keeps every digit: a `bigint` is its digits, −0 keeps its sign. What `parseJson` read
 * comes out with the same values, but for `NaN`. It needs no `init()`.
 *
 * What JSON has no form for (undefined, NaN, a function, a file, a class such as `Date`) is refused instead of dropped or
 * replaced, and `toJSON` is not called: for a result, pass `result.toJSON()`. Infinity is written as `1e400`, which reads as
 * Infinity again.
 * @param indent spaces per level, 0 … 16; 0 or left out gives compact text.
 * @throws {ViewComfyError} `invalid_param`
 */
export function stringifyJson(value: unknown, indent?: number): string;

/** Where the wasm comes from: an address, a response, its bytes, or a compiled module. Left out: the file beside this module. */
export type InitInput = string | URL | Request | Response | BufferSource | WebAssembly.Module;

/**
 * Loads the wasm. Await it once before any other call; later calls return the same promise.
 *
 * @throws {ViewComfyError} `not_initialised` with the `cause`, when the wasm cannot be loaded; it may be tried again.
 * @example
 * ```js
 * import init, { flattenWorkflow } from "viewcomfy-wasm";
 * await init();
 * ```
 */
export default function init(input?: InitInput | Promise<InitInput>): Promise<void>;

/**
 * Flattens a workflow to parameter keys, in file order.
 *
 * Rule: per node `_<id>-node-class_type-info` → title or class, then per input `<id>-inputs-<name>` → value, links included.
 * @throws {ViewComfyError} `invalid_workflow`, `editor_workflow`, `not_initialised`
 * @example
 * ```js
 * flattenWorkflow('{"3": {"class_type": "KSampler", "inputs": {"seed": 18446744073709551615}}}');
 * // { "_3-node-class_type-info": "KSampler", "3-inputs-seed": 18446744073709551615n }
 * ```
 */
export function flattenWorkflow(workflow: WorkflowInput): FlatParams;

/**
 * Flattens to JSON text without loss: every number keeps the literal it has in the workflow.
 *
 * @param indent spaces per level; 0 or left out gives compact text. 4 is what the service's Python script writes.
 * @throws {ViewComfyError} `invalid_workflow`, `editor_workflow`, `invalid_param` (an indent outside 0 … 16), `not_initialised`
 */
export function flattenWorkflowToJson(workflow: WorkflowInput, indent?: number): string;

/**
 * Puts flattened values back into a workflow and returns its JSON text; everything else stays the same, byte for byte, except for
 * white space around the whole. Of a file that carries a workflow in something else, a request or a list, that is the text of
 * the workflow inside, alone.
 *
 * Labels (`_…-node-class_type-info`) are accepted if they equal the workflow's, so `applyParams(w, flattenWorkflow(w))` changes
 * no value.
 * @throws {ViewComfyError} `unknown_param` (with `nearest` keys), `invalid_param`, `invalid_workflow`, `editor_workflow`, `not_initialised`
 * @example
 * ```js
 * const text = applyParams(workflow, { "6-inputs-text": "a red fox" });
 * ```
 */
export function applyParams<W extends object = AnyParams>(
  workflow: WorkflowInput,
  params: Params<NoInfer<W>>,
): string;

/** A server's definitions of its nodes (`GET /object_info`): JSON text, bytes or an object, or a `NodeDefinitions` of `viewcomfy-wasm/inspect`. */
export type ObjectInfoSource =
  | string
  | Uint8Array
  | ArrayBuffer
  | object
  | { subset(workflow: WorkflowInput): string };

/** Options of {@link buildParams}. */
export interface BuildOptions {
  /** The workflow to check the parameters against. */
  checkAgainst?: WorkflowInput;
  /**
   * The earlier name of `checkAgainst`.
   * @deprecated Use `checkAgainst`. Both together are an error unless they are the same.
   */
  workflow?: WorkflowInput;
  /**
   * The server's definitions, its response to `GET /object_info` or a `NodeDefinitions` of `viewcomfy-wasm/inspect`: numbers are
   * checked against the ranges of their classes (`invalid_param`), values against the choices (a warning), and random seeds are
   * drawn from the range. It has an effect only with a workflow, given as `checkAgainst` or `workflowApi`. A `NodeDefinitions`
   * is read once, text at each call; `definitions.subset(workflow)` is the small part that one workflow needs. Inputs that a
   * choice adds (`resize_type.width`) are not checked.
   */
  objectInfo?: ObjectInfoSource;
}

/**
 * Builds and checks the parameters of a run without sending it.
 *
 * With a workflow: unknown keys are errors, links overridden and differing types are warnings, and when
 * `params` is empty the workflow's first seed gets a random value (a run is never sent empty; a file alone is enough).
 *
 * A random seed is always in the range of its class: that of `objectInfo`, that of ComfyUI's own classes, and for a class of a
 * pack at most 2^50, as ComfyUI's page draws it. `-1` stays −1 for a node that draws its seed itself: one whose definition allows
 * it, or, without any, that has a number below 0 in the workflow. Another seed outside the range is `invalid_param`.
 * @throws {ViewComfyError} `unknown_param`, `invalid_param`, `empty_params`, `invalid_workflow`, `editor_workflow`,
 * `invalid_definitions`, `not_initialised`
 * @example
 * ```js
 * const built = buildParams({ "3-inputs-seed": "random" }, { checkAgainst: workflow });
 * built.seeds; // { "3-inputs-seed": 1125899906842624n }
 * ```
 */
export function buildParams<W extends object = AnyParams>(
  params: Params<NoInfer<W>>,
  options?: BuildOptions,
): BuiltParams;

/** Options of {@link ViewComfyClient}. */
export interface ClientOptions {
  /** The deployment's address from the dashboard, or your own backend's; relative addresses work in a page. */
  endpoint: string | URL;
  /** Sent as the `client_id` header, together with `clientSecret`. Never put a secret into a page's code. */
  clientId?: string;
  /** Sent as the `client_secret` header. */
  clientSecret?: string;
  /** Sent as `Authorization: Bearer …`; a function is called before each request. */
  token?: string | (() => string | Promise<string>);
  /** More headers for every request: a session of your own backend, for example. */
  headers?: HeadersInit;
  /** As in `fetch`; default `"same-origin"`. */
  credentials?: RequestCredentials;
  /**
   * Used instead of the global `fetch`; it is called with one `Request`.
   *
   * On servers (Node, Deno, Bun, Cloudflare Workers), whose `fetch` would send the credentials to any redirect's target,
   * the default follows only the gateway's 303 hops, at the endpoint's own address. In Node, whose `fetch` gives up after
   * five minutes without a byte, it waits as long as `timeoutMs`.
   */
  fetch?: (request: Request) => Promise<Response>;
  /** Limit for a whole run in milliseconds; 0 means no limit. Default 2,400,000 for `infer`, 24,000,000 for a streamed run. */
  timeoutMs?: number;
  /** The largest prompt result that is accepted, in bytes of its JSON; default 0, no limit: its size costs no memory. */
  maxResultBytes?: number;
  /** The largest other event of a stream that is accepted, in bytes of its data; default 16,777,216, 0 means no limit. */
  maxEventBytes?: number;
  /** Seconds without a byte before the first `waiting` event, and between further ones; default 5, 0 means never. */
  waitingAfterSeconds?: number;
  /** Applied to each result link, for example to send it through your own proxy. */
  rewriteUrl?: (url: string) => string;
  /** The server's definitions, for all runs of this client: see {@link BuildOptions}. */
  objectInfo?: ObjectInfoSource;
  /**
   * How many times a run whose response breaks off is resumed, if the endpoint is a route that supports it
   * (`viewcomfy-wasm/cloud`, `viewcomfy-wasm/comfyui`); default 5, 0 means never. Before each attempt it waits, from half a
   * second on and twice as long each time. The run is never started a second time.
   */
  maxResumes?: number;
}

/** What to run. `W` lists the parameters of one workflow: see {@link Params}. */
export interface InferRequest<W extends object = AnyParams> {
  /** Values to change; without any, the first seed of `checkAgainst` (or `workflowApi`) is drawn. */
  params?: Params<W>;
  /** The deployed workflow, to check `params` against before anything is sent. It is not sent itself: see `workflowApi`. */
  checkAgainst?: WorkflowInput;
  /**
   * The earlier name of `checkAgainst`.
   * @deprecated Use `checkAgainst`. Both together are an error unless they are the same.
   */
  workflow?: WorkflowInput;
  /** As in {@link BuildOptions}, in place of the client's. */
  objectInfo?: ObjectInfoSource;
  /**
   * A whole workflow to run instead of the deployed one: it is sent, and `params` are checked against it unless `checkAgainst`
   * is given. Its text is sent unchanged, except for null instead of `NaN` and infinities, which `sent.warnings` lists.
   */
  workflowApi?: WorkflowInput;
  /** Ends the run: the request is aborted and the call rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Overrides the client's limit for this run. */
  timeoutMs?: number;
  /** Overrides the client's limit for this run. */
  maxResultBytes?: number;
  /** Overrides the client's limit for this run. */
  maxEventBytes?: number;
  /** Overrides the client's for this run. */
  maxResumes?: number;
  /**
   * Asks for previews during the run, if the endpoint is a route that sends them (`viewcomfy-wasm/comfyui`). Default
   * true with `onPreview`, else false.
   */
  previews?: boolean;
}

/** Progress read from a log line: a tqdm bar or a ComfyUI line. Unknown figures are null. */
export interface Progress {
  /** Steps done. */
  step: number;
  /** Steps in all. */
  total: number | null;
  /** 0 … 100. */
  percent: number | null;
  /** Seconds since the bar began. */
  elapsedSeconds: number | null;
  /** Seconds the bar expects to need. */
  remainingSeconds: number | null;
  /** Steps per second (`s/it` is converted). */
  rate: number | null;
  /** The line as it came. */
  line: string;
}

/**
 * Handlers of a streamed run, each called in the order of arrival. An exception in one ends the run and is passed on. What a
 * handler returns is not awaited before the next call; a promise that rejects ends the run too, and the run does not end
 * before it has settled.
 */
export interface StreamHandlers {
  /** The response has begun; `sent` is what was sent (null for {@link follow}). */
  onOpen?(event: OpenEvent): void;
  /** A line of ComfyUI's log. */
  onLog?(line: string): void;
  /** A progress line, after its `onLog`. */
  onProgress?(progress: Progress): void;
  /** An `error` event of the service; a result may still follow. */
  onError?(message: string): void;
  /** No byte yet: the deployment is probably starting (cold start). */
  onWaiting?(seconds: number): void;
  /** A small picture of what a node is making, if the route sends previews. `nodeId` is null if it does not say which node. */
  onPreview?(blob: Blob, about: { nodeId: string | null }): void;
}

/** The response has begun. */
export interface OpenEvent {
  type: "open";
  /** HTTP status; null where the browser does not tell ({@link follow}). */
  status: number | null;
  /** The run's id, for {@link ViewComfyClient.resume}, `lookUp` and `cancel`; null if the response does not begin with it. */
  promptId: string | null;
  /** What was sent; null for {@link follow} and {@link ViewComfyClient.resume}. */
  sent: BuiltParams | null;
}

/** One event of {@link ViewComfyClient.stream}. The last one is always `result`; failures throw. */
export type InferEvent =
  | OpenEvent
  | { type: "waiting"; seconds: number }
  | { type: "log"; line: string }
  | { type: "progress"; progress: Progress }
  | { type: "error"; message: string }
  | { type: "preview"; blob: Blob; nodeId: string | null }
  | { type: "result"; result: PromptResult };

/** Options of {@link ViewComfyClient.resume}. */
export interface ResumeOptions extends StreamHandlers {
  /** Stops listening; the run goes on. */
  signal?: AbortSignal;
  /** Milliseconds until the result; the client's, or 24,000,000. 0 means no limit. */
  timeoutMs?: number;
  /** See {@link ClientOptions.maxResultBytes}. */
  maxResultBytes?: number;
  /** See {@link ClientOptions.maxEventBytes}. */
  maxEventBytes?: number;
  /** See {@link ClientOptions.maxResumes}. */
  maxResumes?: number;
}

/** Options of {@link ViewComfyClient.lookUp} and {@link ViewComfyClient.cancel}. */
export interface CallOptions {
  signal?: AbortSignal;
  /** Milliseconds until the response; default 60,000, 0 means no limit. */
  timeoutMs?: number;
}

/** The state of a run. */
export interface RunRecord {
  promptId: string;
  /** `queued`, `running`, `success`, `error` or `canceled`; the service may use other words. */
  status: string | null;
  /** True once nothing more will happen. */
  completed: boolean;
  /** Seconds the run took; null while it goes on, or when the service does not say. */
  executionTimeSeconds: number | null;
  /** How many runs are before it; null when it does not wait, or the service does not say. */
  queuePosition: number | null;
  /** What the service says went wrong. */
  errorData: string | null;
  /** What it made, as links. */
  outputs: Output[];
}

/** Options of {@link ViewComfyClient.runMany}. */
export interface RunManyOptions {
  /** How many run at once; default 4. */
  concurrency?: number;
  /** Ends all of them: the iteration throws the signal's reason. */
  signal?: AbortSignal;
}

/**
 * One of many runs, when it has ended. `index` counts the requests from 0. If something other than
 * an `Error` was thrown (the reason of an abort, for example), it is the `cause` of `error`.
 */
export type EndedRun<R> =
  | { index: number; request: R; result: PromptResult; error: null }
  | { index: number; request: R; result: null; error: Error };

/** Options of {@link Output.blob}. */
export interface BlobOptions {
  /** Ends the download. */
  signal?: AbortSignal;
}

/** One output of a run. Either `file` or `url` is set. */
export interface Output {
  /** The name ComfyUI gave it. */
  readonly filename: string;
  /** MIME type, `application/octet-stream` when the service names none. */
  readonly contentType: string;
  /** Size in bytes according to the service; null if it does not say. */
  readonly size: number | null;
  /** The decoded content; null when the output is a link. */
  readonly file: File | null;
  /** The link, after `rewriteUrl`; null when the output came with its content. */
  readonly url: string | null;
  /**
   * The content in both cases; a link is downloaded.
   * @throws {ViewComfyError} `network` or `http_status` when a link cannot be downloaded (CORS, expired)
   */
  blob(options?: BlobOptions): Promise<Blob>;
}

/** The outcome of a run. */
export interface PromptResult {
  /** The run's id; null when the service gave none. */
  readonly promptId: string | null;
  /** The outcome in the service's words, such as `success`. */
  readonly status: string | null;
  /** True when the run finished; null when the service does not say. */
  readonly completed: boolean | null;
  /** Seconds the service needed; null when it does not say, or says `NaN`. */
  readonly executionTimeSeconds: number | null;
  /**
   * The workflow as it ran, parsed at first use; null when the service left it out. Where Python wrote `NaN` or an infinity,
   * it is that number.
   */
  readonly prompt: Json;
  /** The same workflow as the exact text that arrived. */
  readonly promptJson: string | null;
  /** What the run made, in order. */
  readonly outputs: Output[];
  /** What was sent (seeds filled in); null for {@link follow}. */
  readonly sent: BuiltParams | null;
  /**
   * The result as data for `JSON.stringify`, which calls this: integers beyond ±(2^53 − 1) become text with all digits, `NaN` and
   * infinities become null, files `{ name, type, size }` without their content, and the prompt is parsed.
   */
  toJSON(): object;
}

/**
 * A client of one deployment. It holds settings only, so one client serves any number of runs at once.
 *
 * `new ViewComfyClient<MyWorkflow>(…)` knows the parameters of one workflow: see {@link Params}.
 * @throws {ViewComfyError} `missing_endpoint`, `missing_credentials` (an id without a secret or the other way round),
 * `invalid_param` (an option of the wrong type, or an unknown one, with the `nearest`), `not_initialised`
 * @example
 * ```js
 * const client = new ViewComfyClient({ endpoint: "/api/viewcomfy" });
 * const result = await client.inferWithLogs({ params: { "6-inputs-text": "a red fox" }, onLog: console.log });
 * image.src = URL.createObjectURL(await result.outputs[0].blob());
 * ```
 */
export class ViewComfyClient<W extends object = AnyParams> {
  constructor(options: ClientOptions);
  /**
   * Runs and waits for the plain JSON response.
   * @throws {ViewComfyError} see {@link ErrorCode}; an abort rejects with the signal's reason instead
   */
  infer(request?: InferRequest<W>): Promise<PromptResult>;
  /**
   * Runs with the response streamed: handlers get logs and progress, the promise the result.
   * @throws {ViewComfyError} see {@link ErrorCode}; an abort rejects with the signal's reason instead
   */
  inferWithLogs(request?: InferRequest<W> & StreamHandlers): Promise<PromptResult>;
  /**
   * The same run as an async iterable. Nothing is sent before iteration begins; leaving the loop aborts the run.
   * @throws {ViewComfyError} from the iteration; see {@link ErrorCode}
   * @example
   * ```js
   * for await (const event of client.stream({ params })) {
   *   if (event.type === "progress") bar.value = event.progress.percent;
   *   if (event.type === "result") show(event.result);
   * }
   * ```
   */
  stream(request?: InferRequest<W>): AsyncIterableIterator<InferEvent>;
  /**
   * Follows a run that was begun elsewhere, or before the page was loaded again: handlers get what is reported from now on, the
   * promise the result, at once if the run has already ended. For routes of `viewcomfy-wasm/cloud` and
   * `viewcomfy-wasm/comfyui`; a deployment itself can only run.
   * @param promptId as {@link OpenEvent} or {@link PromptResult} gave it
   * @throws {ViewComfyError} `not_supported`, `unknown_run`, and what a run can end with: see {@link ErrorCode}
   * @example
   * ```js
   * await client.inferWithLogs({ params, onOpen: ({ promptId }) => sessionStorage.setItem("run", promptId) });
   * // After a reload:
   * const result = await client.resume(sessionStorage.getItem("run"), { onLog: console.log });
   * ```
   */
  resume(promptId: string, options?: ResumeOptions): Promise<PromptResult>;
  /**
   * The state of runs, in the order asked; runs that the route does not know are left out.
   * @throws {ViewComfyError} `not_supported`, `invalid_param`, `invalid_response`, `network`, `timeout`, and the HTTP codes
   */
  lookUp(promptIds: string | readonly string[], options?: CallOptions): Promise<RunRecord[]>;
  /**
   * Cancels a run, wherever it was started: a waiting run is removed from the queue, a running one is interrupted.
   * @returns false if it had already ended
   * @throws {ViewComfyError} `not_supported`, `unknown_run`, `invalid_param`, `invalid_response`, `network`, `timeout`, and the HTTP codes
   */
  cancel(promptId: string, options?: CallOptions): Promise<boolean>;
  /**
   * Runs many requests, each as {@link ViewComfyClient.inferWithLogs} does, a limited number at a time, and yields them as they
   * end. One that fails does not end the others. Leaving the loop aborts those still running.
   * @param requests an array, or a generator that is asked for the next request when there is room for it
   * @throws {ViewComfyError} from the iteration: `invalid_param` for the options; what the iteration of `requests` throws
   * @example
   * ```js
   * const seeds = Array.from({ length: 50 }, () => ({ params: { "3-inputs-seed": "random" } }));
   * for await (const { index, result, error } of client.runMany(seeds, { concurrency: 5 })) {
   *   if (error) console.warn(index, error.message);
   *   else show(index, result.outputs);
   * }
   * ```
   */
  runMany<R extends InferRequest<W> & StreamHandlers>(
    requests: Iterable<R> | AsyncIterable<R>,
    options?: RunManyOptions,
  ): AsyncIterableIterator<EndedRun<R>>;
}

/** Options of {@link follow}. */
export interface FollowOptions extends StreamHandlers {
  signal?: AbortSignal;
  /** Default 24,000,000; 0 means no limit. */
  timeoutMs?: number;
  /** See {@link ClientOptions.waitingAfterSeconds}. */
  waitingAfterSeconds?: number;
  /** See {@link ClientOptions.maxResultBytes}. */
  maxResultBytes?: number;
  /** See {@link ClientOptions.maxEventBytes}. */
  maxEventBytes?: number;
  /** Sends cookies to another origin. */
  withCredentials?: boolean;
  /**
   * `"eventsource"`, the default where there is one, leaves the reading to the browser: that shows in its developer tools, and
   * takes long for large events (WebKit 22 s for 8 MB, as it is quadratic there; Firefox ten times as long as this package).
   * `"fetch"`, the default elsewhere, reads by this package: for results with their data inline.
   */
  transport?: "eventsource" | "fetch";
  /** See {@link ClientOptions.rewriteUrl}. */
  rewriteUrl?: (url: string) => string;
}

/**
 * Listens to a run whose events can be read by GET, with the browser's own `EventSource` or with `fetch`, and resolves with
 * its result.
 *
 * No credentials of the service are sent, so the address must need none. `EventSource` alone would reconnect after a
 * dropped connection and receive the run from its start again; here a dropped connection ends the call.
 * @throws {ViewComfyError} `network`, `stream_ended`, `execution_failed`, `invalid_response`, `invalid_output`, `too_large`, `storage_full`, `timeout`, `not_initialised`
 */
export function follow(url: string | URL, options?: FollowOptions): Promise<PromptResult>;

/** Why a call failed. The codes are stable; messages may be reworded. */
export type ErrorCode =
  | "not_initialised"
  | "invalid_workflow"
  | "editor_workflow"
  | "unknown_param"
  | "invalid_param"
  | "empty_params"
  | "missing_endpoint"
  | "missing_credentials"
  | "unauthorized"
  | "rate_limited"
  | "validation_failed"
  | "http_status"
  | "execution_failed"
  | "stream_ended"
  | "invalid_response"
  | "invalid_output"
  | "too_large"
  | "storage_full"
  | "damaged_file"
  | "cannot_convert"
  | "invalid_definitions"
  | "network"
  | "timeout"
  | "not_supported"
  | "unknown_run";

/** A reason why a converted workflow may not run. */
export interface RunReason {
  /** The code of the corresponding warning of a conversion. */
  code: ConvertWarning["code"];
  /** The node it is about, of several the first; null for the whole file. */
  nodeId: string | null;
  /** The input it is about. */
  input: string | null;
  /** The reason, in one sentence. */
  message: string;
  /** What to do about it, one sentence. */
  advice: string;
}

/** One thing ComfyUI or the service found wrong with an input. */
export interface NodeError {
  /** Node id; null when the service does not name one. */
  nodeId: string | null;
  /** The node's class, when told. */
  classType: string | null;
  /** The input, when told. */
  input: string | null;
  /** ComfyUI's or FastAPI's name for it, such as `value_not_in_list`. */
  type: string | null;
  /** What is wrong. */
  message: string;
  /** More about it; may be empty. */
  details: string;
}

/** Every failure of this package; facts that do not apply are undefined. */
export class ViewComfyError extends Error {
  readonly name: "ViewComfyError";
  readonly code: ErrorCode;
  /** The underlying error, unchanged. */
  readonly cause?: unknown;
  /** HTTP status (`http_status`, `unauthorized`, `rate_limited`, `validation_failed`). */
  readonly status?: number;
  /** The response's body, at most 2,000 characters of it (`http_status`, `unauthorized`, `rate_limited`, `validation_failed`). */
  readonly body?: string;
  /** The service's own name for the failure, such as `DomainException` (`http_status`, `unauthorized`, `rate_limited`). */
  readonly errorType?: string;
  /** Milliseconds to wait before another try, when the service says so (`rate_limited`, `http_status`, `unauthorized`). */
  readonly retryAfterMs?: number;
  /** What is wrong, per node and input (`validation_failed`). */
  readonly nodeErrors?: NodeError[];
  /** The parameter at fault (`unknown_param`, `invalid_param`). */
  readonly key?: string;
  /** The most similar keys or options there are, best first (`unknown_param`, `invalid_param` for an unknown option). */
  readonly nearest?: string[];
  /** Line and column, from 1 (`invalid_workflow`, `invalid_definitions`). */
  readonly line?: number;
  readonly column?: number;
  /** Byte offset in the prompt result (`invalid_response`, `too_large`, `stream_ended`), or character offset in the base64 (`invalid_output`). */
  readonly offset?: number;
  /** Index of the output at fault, from 0 (`invalid_output`; `storage_full`, `stream_ended`, `invalid_response`, `too_large` when it lies in one). */
  readonly outputIndex?: number;
  /** The limit that was passed, in bytes (`too_large`). */
  readonly limit?: number;
  /** The limit that passed, in milliseconds (`timeout`). */
  readonly timeoutMs?: number;
  /** The file name of the output at fault, when known by then (`invalid_output`, `too_large`). */
  readonly filename?: string;
  /** Why an editor-format file cannot be converted (`cannot_convert`). */
  readonly reason?:
    | "dangling_link"
    | "bypass_cycle"
    | "may_not_run"
    | "recursive_subgraph"
    | "too_many_nodes"
    | "filename_prefix";
  /** The node at fault, with the ids of the subgraph nodes around it in front, `"57:30"` (`cannot_convert`). */
  readonly nodeId?: string;
  /** The input at fault (`cannot_convert`). */
  readonly input?: string;
  /** All reasons why it may not run, with `strict` (`cannot_convert`). */
  readonly reasons?: RunReason[];
  /** The kind of file, as `findWorkflow` names it (`damaged_file`). */
  readonly format?: FileFormat;
  /** The last lines of the log, at most 20 (`execution_failed`, `stream_ended`; `network` when the connection broke during a run). */
  readonly logs?: string[];
  /** What the service said the failure was (`execution_failed`). */
  readonly errorData?: string;
  /** The result as far as it came, when a failed run sent one (`execution_failed`; `validation_failed` where that came as a result). */
  readonly result?: PromptResult;
  /** Name, code, message, facts and the words of the cause, as data for `JSON.stringify`, which calls this. */
  toJSON(): object;
}

/** True for errors of this package, including those of another copy of it. */
export function isViewComfyError(value: unknown): value is ViewComfyError;
