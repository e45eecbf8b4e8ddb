/**
 * `viewcomfy-wasm/proxy`: the route of your backend between a page and a deployment. It adds the credentials, follows the
 * gateway's redirects, and streams both ways. It needs no wasm, and runs wherever `Request` and `Response` do: Next.js,
 * Node (with `viewcomfy-wasm/proxy/node`), Bun, Deno, Cloudflare Workers.
 *
 * A page gives the route's address as its client's `endpoint`.
 * @module
 */

/** Responds to one request of a page. A second argument, as servers hand it to route handlers, is ignored. */
export type ProxyHandler = (request: Request, ...more: unknown[]) => Promise<Response>;

/** Options of {@link createProxy}. */
export interface ProxyOptions {
  /** The deployment's address, from the dashboard. Nothing else is ever called, but for {@link linkHosts}. */
  endpoint: string | URL | undefined;
  /** Sent as the `client_id` header. */
  clientId?: string | undefined;
  /** Sent as the `client_secret` header. */
  clientSecret?: string | undefined;
  /** Sent as `Authorization: Bearer …` instead of the two; a function is called before each request. */
  token?: string | (() => string | Promise<string>) | undefined;
  /**
   * Checks who is calling, before anything of the body is read. `true` or nothing lets the request through, `false` responds
   * with 401, a `Response` is sent as it is; what it throws becomes a 500 without its message.
   * Without it, anyone who can reach the route can use your deployment at your cost.
   */
  authorize?: (request: Request) => boolean | undefined | Response | Promise<boolean | undefined | Response>;
  /** Whether a caller may send a workflow of its own (`workflow_api`); default true. */
  workflowApi?: boolean;
  /** The largest request body that is passed on, in bytes; default 269,484,032, a file of 256 MiB and the form around it; 0 means no limit. */
  maxBodyBytes?: number;
  /**
   * Hosts from which `?url=` may fetch the results that come as links, `"results.example.com"` or `"*.example.com"`, with
   * the port where it is not 443. Default: none. Only https, but for hosts of this machine. No credentials are sent there.
   */
  linkHosts?: readonly string[];
  /**
   * Other origins whose pages may call, `"https://app.example.com"`. Default: none, only the route's own.
   *
   * Which origin calls, the browser says in `Sec-Fetch-Site`. Over plain http it does not; then the host of `Origin` is
   * compared with the request's, so name the page's origin here when a server in front rewrites `Host`.
   *
   * `"*"` lets the pages of every site call, and so use your deployment through their visitors' browsers. They may
   * read the responses, but a browser shows them none of a request that it sent with cookies.
   */
  origins?: readonly string[];
  /** Limit in milliseconds for the deployment's response to begin; default 2,400,000, 0 means no limit. The response may take longer. */
  timeoutMs?: number;
  /** Used instead of the global `fetch`; it is called with one `Request`. */
  fetch?: (request: Request) => Promise<Response>;
  /** Called for each request that could not be passed on, for your log. What it gets contains no secret and no body. */
  onFailure?: (failure: ProxyFailure) => void;
}

/** Why a request was not passed on, or got no response. The codes are stable; messages may be reworded. */
export interface ProxyFailure {
  /** What kind of failure it was. */
  code:
    | "not_configured"
    | "not_authorized"
    | "origin_not_allowed"
    | "method_not_allowed"
    | "unsupported_type"
    | "field_not_allowed"
    | "invalid_body"
    | "too_large"
    | "link_not_allowed"
    | "too_many_redirects"
    | "redirect_not_allowed"
    | "unreachable"
    | "timeout";
  /** The status that the page got. */
  status: number;
  /** One sentence for a person. */
  message: string;
  /** What was thrown underneath, when something was. It stays on the server. */
  cause?: unknown;
}

/**
 * Makes the route. POST runs the deployment; GET with `?url=` fetches a result link. A refusal is returned as JSON,
 * `{ "errorMsg", "errorDetails", "errorType" }` with the code as its type, which the client turns into a `ViewComfyError`.
 *
 * Settings that are missing are not a reason to fail while a server builds or starts: each request gets a 500 instead,
 * with a message that names the setting.
 * @throws {TypeError} an option of the wrong type, or an unknown one (`code` `invalid_param`, with its `key` and the `nearest`)
 * @example
 * ```js
 * // app/api/viewcomfy/route.js of a Next.js app
 * import { createProxy, fromEnv } from "viewcomfy-wasm/proxy";
 * export const POST = createProxy(fromEnv(process.env));
 * ```
 */
export function createProxy(options: ProxyOptions): ProxyHandler;

/**
 * The address and the credentials as they are commonly named: `VIEWCOMFY_API_URL`, `VIEWCOMFY_CLIENT_ID`,
 * `VIEWCOMFY_CLIENT_SECRET`; and `VIEWCOMFY_TOKEN` where a token stands for the two.
 *
 * @param env `process.env`, `Deno.env.toObject()`, or the `env` of a worker
 */
export function fromEnv(
  env: Readonly<Record<string, unknown>>,
): Pick<ProxyOptions, "endpoint" | "clientId" | "clientSecret" | "token">;
