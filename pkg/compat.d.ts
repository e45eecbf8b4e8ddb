/**
 * `viewcomfy-wasm/compat`: the calls of ViewComfy's TypeScript client, today's and the earlier one that streamed, by their own
 * names and shapes, so that an app changes one import. The wasm is loaded at the first call; where it comes from elsewhere
 * (`viewcomfy-wasm/inline`, a worker in workerd), await that `init()` before.
 *
 * What differs from that client:
 * - A failure is a `ViewComfyError` with a code, where it throws a bare message, or resolves to null because the
 *   stream ended without a result (`stream_ended`). A run that the service says has failed throws too (`execution_failed`,
 *   its result in `error.result`), and so does an output that cannot be decoded (`invalid_output`).
 * - `params` may not be empty (`empty_params`): the service asks for one value or file at least. With
 *   `overrideWorkflowApi` a seed of that workflow is drawn instead, and keys that it does not have are refused
 *   (`unknown_param`).
 * - A seed of -1 is drawn at random. A `Blob` is a file part too. What JSON cannot say (NaN, a function, undefined inside
 *   a value) is refused (`invalid_param`); a key whose value is undefined is left out, as there. A `bigint` is exact.
 * - An exception in `loggingCallback` ends the run and is passed on.
 * - Nothing is written to the console.
 * @module
 */

export { isViewComfyError } from "./index.js";

/** An output that comes as a link. */
export class S3FilesData {
  constructor(data: { filename: string; content_type: string; filepath: string; size: number });
  filename: string;
  content_type: string;
  /** Where to download it from. */
  filepath: string;
  size: number;
}

/** The same under the name that today's client has. */
export { S3FilesData as S3FileData };

/** An output with its content, as the service sends it. */
export interface FilesData {
  filename: string;
  content_type: string;
  /** Base64. */
  data: string;
  size: number;
}

/** What a run gives, named as the service names it. What the service leaves out is null. */
export class PromptResult {
  /** Decodes a prompt result that you received yourself. */
  constructor(data: {
    prompt_id: string;
    status: string;
    completed: boolean;
    execution_time_seconds: number;
    prompt: object;
    outputs?: readonly (File | FilesData | S3FilesData)[] | undefined;
  });
  prompt_id: string;
  status: string;
  completed: boolean;
  execution_time_seconds: number;
  /**
   * The workflow as it ran; integers beyond 2^53 − 1 are rounded, as `JSON.parse` does, and `NaN` and infinities, as Python
   * writes them, are those numbers. `viewcomfy-wasm` has all exact.
   */
  // biome-ignore lint/suspicious/noExplicitAny: as the other client declares it, whose apps read prompt["3"].inputs.seed
  prompt: Record<string, any>;
  /** `File`s, or links to download from. */
  outputs: (File | S3FilesData)[];
}

/** Credentials in one object: an id with its secret, or a token. */
export interface Secret {
  clientId?: string | undefined;
  clientSecret?: string | undefined;
  token?: string | undefined;
}

/** Where to run, under today's name of the client or under the earlier one. */
export type Where =
  | {
      /**
       * The deployment's address: with credentials, the run goes by the cloud API, as today's client sends it; outputs are links.
       * Without credentials, the address of your own route (`viewcomfy-wasm/cloud`, for example).
       */
      viewComfyApiUrl: string;
      apiUrl?: undefined;
    }
  | {
      /** The deployment's address, called itself, or that of your backend. */
      apiUrl: string;
      viewComfyApiUrl?: undefined;
    };

/** Who calls. */
export interface Caller {
  /** Needed only where no backend adds it; never in a page. */
  clientId?: string | undefined;
  /** Goes with `clientId`. */
  clientSecret?: string | undefined;
  /** Instead of the two. */
  secret?: Secret | undefined;
}

/** What to run, and where. */
export type Infer = Where & Caller & InferWhat;

/** What to run. */
export interface InferWhat {
  /** Parameter key → value; a `File` is sent as one. */
  params: object;
  /** A whole workflow to run instead of the deployed one: an object, or its JSON text, which keeps large seeds exact. */
  overrideWorkflowApi?: object | string | null | undefined;
  /** The same under the name that earlier versions of the client have. */
  override_workflow_api?: object | string | null | undefined;
  /** Ends the run, which then rejects with the signal's reason; ours, the other client has none. */
  signal?: AbortSignal | undefined;
  /** Gets the run's id as soon as it is known, for {@link inferCancel}; ours, the other client writes it to the console. */
  onPromptId?: ((promptId: string) => void) | undefined;
}

/** The same, with a function for the log. */
export type InferWithLogs = Infer & {
  /** Gets `"log_message: …"` and `"error: …"`, each line trimmed, as the other client writes them. */
  loggingCallback: (message: string) => void;
};

/** Which run to cancel. */
export type InferCancel = Where &
  Caller & {
    /** As `onPromptId` or a result gave it. */
    promptId: string;
  };

/**
 * Runs, and waits for the plain response.
 * @throws {ViewComfyError} see `ErrorCode` of `viewcomfy-wasm`
 * @example
 * ```js
 * const result = await infer({ apiUrl: "/api/viewcomfy", params: { "6-inputs-text": "a red fox" } });
 * ```
 */
export function infer(request: Infer): Promise<PromptResult>;

/**
 * Runs with the log told while it goes on.
 * @throws {ViewComfyError} see `ErrorCode` of `viewcomfy-wasm`; a run without a result throws, it does not give null
 * @example
 * ```js
 * const result = await inferWithLogsStream({ apiUrl, params, loggingCallback: console.log, clientId, clientSecret });
 * ```
 */
export function inferWithLogsStream(request: InferWithLogs): Promise<PromptResult>;

/**
 * Cancels a run, wherever it was begun: by the cloud API, or by your own route.
 * @returns whether it was cancelled; false when it had ended already. The other client gives nothing, and is silent when it fails
 * @throws {ViewComfyError} `not_supported` where a deployment is called itself, `unknown_run`, and the codes of a call
 * @example
 * ```js
 * await inferCancel({ viewComfyApiUrl, promptId, clientId, clientSecret });
 * ```
 */
export function inferCancel(request: InferCancel): Promise<boolean>;
