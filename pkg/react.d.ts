/**
 * `viewcomfy-wasm/react`: one hook around a client. React (18 or later) is a peer dependency; no wasm is loaded by it.
 * @module
 */

import type {
  AnyParams,
  InferRequest,
  Progress,
  PromptResult,
  StreamHandlers,
  ViewComfyClient,
} from "./index.js";

/**
 * Where a run is: `"waiting"` until the response begins (cold start), then `"running"`; at last `"done"`, `"failed"` (see
 * `error`), or `"cancelled"` by `cancel` or by the request's own `signal`.
 */
export type InferStatus = "idle" | "waiting" | "running" | "done" | "failed" | "cancelled";

/** Options of {@link useInfer}. */
export interface UseInferOptions {
  /** How many lines of the log are kept, the newest; default 1,000. */
  maxLogs?: number;
}

/**
 * What {@link useInfer} gives: what there is to show of the latest run. The object stays the same until something
 * changes, `run` and `cancel` over the component's life.
 */
export interface UseInfer<W extends object = AnyParams> {
  /**
   * Starts a streamed run; one that is going on is cancelled first.
   *
   * Handlers of the request (`onLog` and the others) are called as the run goes on; one that throws ends the run.
   * @returns the result; null when the run failed (see `error`), was cancelled, or the component went away. It never rejects.
   */
  run(request?: InferRequest<W> & StreamHandlers): Promise<PromptResult | null>;
  /** Ends the run that is going on, at the server too; without one it does nothing. */
  cancel(): void;
  status: InferStatus;
  /** The latest progress of this run; null before the first. */
  progress: Progress | null;
  /** Lines of this run's log, in order. */
  logs: readonly string[];
  /** The result of this run; null until it is done, and when it failed. */
  result: PromptResult | null;
  /** Why the run failed, mostly a `ViewComfyError` (ask `isViewComfyError`); null otherwise. */
  error: unknown;
}

/**
 * Runs a deployment from a component: one request per `run`, none left over when the component goes away.
 *
 * Correct under `StrictMode`. Log lines and progress that arrive together are one rendering, at most every 16 ms. On a
 * server the hook is `"idle"`.
 * @param client null while the wasm is still loading: `run` then fails with `not_initialised`. After a change a run that
 * is going on stays with the client it began with; the next one takes the new client.
 * @throws {ViewComfyError} `invalid_param` while rendering, when `maxLogs` is not a number of lines, or an option is unknown
 * @example
 * ```jsx
 * const { run, cancel, status, progress, result, error } = useInfer(client);
 * <button onClick={() => run({ params: { "6-inputs-text": "a red fox" } })}>Run</button>
 * ```
 */
export function useInfer<W extends object = AnyParams>(
  client: ViewComfyClient<W> | null,
  options?: UseInferOptions,
): UseInfer<W>;
