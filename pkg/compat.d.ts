/**
 * `viewcomfy-wasm/compat`: the calls of ViewComfy's TypeScript client by their own names and shapes, so that an app changes
 * one import. Failures are ours: a typed error where that client gives null or a bare message.
 * @module
 */

/** An output that comes as a link. */
export interface S3FilesData {
  filename: string;
  content_type: string;
  filepath: string;
  size: number;
}

/** What a run gives, named as the service names it. */
export interface PromptResult {
  prompt_id: string;
  status: string;
  completed: boolean;
  execution_time_seconds: number;
  /** The workflow as it ran; integers beyond 2^53 − 1 are `bigint`. */
  prompt: Record<string, any>;
  /** `File`s, or links to download from. */
  outputs: (File | S3FilesData)[];
}

/** What to run, and where. */
export interface Infer {
  /** The deployment's address, or that of your backend. */
  apiUrl: string;
  /** Parameter key → value; a `File` is sent as one. */
  params: Record<string, any>;
  /** A whole workflow to run instead of the deployed one. */
  overrideWorkflowApi?: Record<string, any> | string | undefined;
  /** Needed only where the deployment is called directly; never in a page. */
  clientId?: string | undefined;
  clientSecret?: string | undefined;
  /** Ends the run; ours, the other client has none. */
  signal?: AbortSignal | undefined;
}

/** The same, with a function for the log. */
export interface InferWithLogs extends Infer {
  /** Gets `"log_message: …"` and `"error: …"`, as the other client writes them. */
  loggingCallback: (message: string) => void;
}

/**
 * Runs, and waits for the plain answer.
 * @throws {ViewComfyError} see `ErrorCode` of `viewcomfy-wasm`
 */
export function infer(request: Infer): Promise<PromptResult>;

/**
 * Runs with the log told while it goes on.
 * @throws {ViewComfyError} see `ErrorCode` of `viewcomfy-wasm`; a run without a result throws, it does not give null
 */
export function inferWithLogsStream(request: InferWithLogs): Promise<PromptResult>;
