/**
 * `viewcomfy-wasm/comfyui`: the route of your backend between a page and your own ComfyUI servers. It speaks the protocol of a
 * deployment, so the same client runs workflows on any ComfyUI: it puts the parameters into the workflow, uploads files and
 * masks, queues the prompt, reports log, progress and previews, and returns the outputs. It runs wherever `Request` and
 * `Response` do; in Node 20 it uses the WebSocket of the package `ws`, later versions have their own.
 *
 * ComfyUI does not check who calls it: let pages reach this route instead, with {@link ComfyRouteOptions.authorize}.
 * @module
 */

import type { ProxyFailure, ProxyHandler } from "./proxy.js";

/** Options of {@link createComfyRoute}. */
export interface ComfyRouteOptions {
  /**
   * The servers' addresses, `"http://127.0.0.1:8188"`; a path behind the host is kept. A run goes to the one with the shortest
   * queue. All must have the same models and nodes, since any of them may be chosen.
   */
  servers: readonly string[];
  /**
   * The workflow that runs when a caller sends none, in API or editor format, as text, bytes or an object; or a function that
   * gives one, called for each run. Prefer text or bytes: an object may have lost digits of its seeds. Default: none.
   */
  workflow?: string | Uint8Array | ArrayBuffer | object | (() => ComfyWorkflow | Promise<ComfyWorkflow>);
  /** Whether a caller may send a workflow of its own (`workflow_api`), in either format; default true. */
  workflowApi?: boolean;
  /**
   * Sent with each request to the servers, such as `{ authorization: "Bearer …" }` for a gateway in front of them. Default:
   * none. Their values are blanked out in everything the caller gets.
   */
  headers?: Readonly<Record<string, string>>;
  /**
   * Signs the ids of runs and the links to files that the route hands out, so nobody can ask a server for others. Use
   * the same for every instance of the route. Default: derived from the addresses of the servers, which is enough as long as
   * these are secret.
   */
  secret?: string;
  /**
   * How outputs get to the caller: `"inline"` as base64 in the result, `"link"` as links to this route, with ranges. Texts and
   * what comes by WebSocket alone are always in the result. Default: `"inline"`.
   */
  outputs?: "inline" | "link";
  /** Whether callers who ask for previews get them; default true. ComfyUI makes some when started with `--preview-method`. */
  previews?: boolean;
  /**
   * How long a run goes on after its caller has left, in milliseconds, unless it is resumed by then on this instance of the
   * route; default 0: it is cancelled at once. A run with a plain response always is: its caller has not
   * got its id yet.
   */
  leaveMs?: number;
  /** How often a server is asked for a run's state while there is no WebSocket, in milliseconds; default 1,000. */
  pollMs?: number;
  /**
   * Used instead of the runtime's WebSocket or the package `ws`: a class like either of the two. Where there are headers, its second
   * argument is `{ headers }`, which not all of their types know.
   */
  WebSocket?: new (
    address: string,
    init?: never,
  ) => { send(data: string): void; close(): void };
  /**
   * Checks who is calling, before anything of the body is read: runs, and whatever is asked about them later. `true` or nothing
   * lets the request through, `false` responds with 401, a `Response` is sent as it is; what it throws becomes a 500
   * without its message. Without it, anyone who can reach the route can run workflows.
   */
  authorize?: (request: Request) => boolean | undefined | Response | Promise<boolean | undefined | Response>;
  /** The largest request body that is taken, in bytes; default 269,484,032, a file of 256 MiB and the form around it; 0 means no limit. */
  maxBodyBytes?: number;
  /**
   * Other origins whose pages may call, `"https://app.example.com"`. Default: none, only the route's own. `"*"` lets the pages
   * of every site call.
   */
  origins?: readonly string[];
  /**
   * Limit in milliseconds for the response to begin, once the form has arrived; default 2,400,000, 0 means no limit. A streamed
   * response begins when ComfyUI took the prompt, a plain one when the run is over.
   */
  timeoutMs?: number;
  /** Used instead of the global `fetch` for the servers; it is called with one `Request`. */
  fetch?: (request: Request) => Promise<Response>;
  /** Called for each request that failed, for your log. What it gets contains no header and no body. */
  onFailure?: (failure: ComfyFailure) => void;
}

/** A workflow in API or editor format: JSON text, its bytes, or an object. */
export type ComfyWorkflow = string | Uint8Array | ArrayBuffer | object;

/** Why a request failed. The codes are stable; messages may be reworded. */
export interface ComfyFailure extends Omit<ProxyFailure, "code"> {
  /** What kind of failure it was: those of the proxy, and those of runs. */
  code: ProxyFailure["code"] | "invalid_params" | "invalid_workflow" | "unknown_run";
}

/**
 * Makes the route.
 *
 * - `POST` runs a workflow: the form of a deployment, multipart or url-encoded. What ComfyUI refuses gets a 400 with its
 *   `node_errors`, as it says them.
 * - `GET ?resume=ID` is the event stream of a run that was begun before, from now on; `GET ?prompt_ids=ID` is the state of runs;
 *   `POST ?cancel=ID` cancels one. The ids are those of the header `viewcomfy-prompt-id`.
 * - `GET ?view=…` is an output that was given as a link.
 * - `GET ?object_info` is a server's definitions of its classes, for `objectInfo` of this package's calls.
 *
 * A run whose caller leaves is cancelled, whether it runs or waits, and no other.
 * @throws {TypeError} an option of the wrong type, or an unknown one (`code` `invalid_param`, with its `key` and the `nearest`)
 * @example
 * ```js
 * // app/api/viewcomfy/route.js of a Next.js app
 * import { createComfyRoute } from "viewcomfy-wasm/comfyui";
 *
 * const route = createComfyRoute({ servers: ["http://127.0.0.1:8188"], outputs: "link" });
 * export { route as GET, route as POST };
 * ```
 * @example
 * ```js
 * // In one process, without a server in between
 * const client = new ViewComfyClient({ endpoint: "http://route.invalid/", fetch: (request) => route(request) });
 * ```
 */
export function createComfyRoute(options: ComfyRouteOptions): ProxyHandler;
