/**
 * `viewcomfy-wasm/react`: one hook around a client. React (18 or later) is a peer dependency; no wasm is loaded by it.
 * @module
 */

import type { AnyParams, InferRequest, Progress, PromptResult, ViewComfyClient } from "./index.js";

/** Where a run is: `"waiting"` until the answer begins (cold start), then `"running"`. */
export type InferStatus = "idle" | "waiting" | "running" | "done" | "failed" | "cancelled";

/** Options of {@link useInfer}. */
export interface UseInferOptions {
  /** How many lines of the log are kept, the newest; default 1,000. */
  maxLogs?: number;
}

/** What {@link useInfer} gives. `run` and `cancel` stay the same functions over the component's life. */
export interface UseInfer<W extends object = AnyParams> {
  /**
   * Starts a streamed run; one that is going on is cancelled first.
   *
   * @returns the result; null when the run failed (see `error`), was cancelled, or the component went away. It never rejects.
   */
  run(request?: InferRequest<W>): Promise<PromptResult | null>;
  /** Ends the run that is going on, at the server too; without one it does nothing. */
  cancel(): void;
  status: InferStatus;
  /** The latest progress of this run; null before the first. */
  progress: Progress | null;
  /** Lines of this run's log, in order. */
  logs: readonly string[];
  /** The result of this run; null until it is done, and when it failed. */
  result: PromptResult | null;
  /** Why the run failed, mostly a `ViewComfyError`; null otherwise. */
  error: unknown;
}

/**
 * Runs a deployment from a component: one request per `run`, none left over when the component goes away.
 *
 * Correct under `StrictMode`. Log lines that arrive together are one rendering.
 * @param client null while the wasm is still loading: `run` then fails with `not_initialised`
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
