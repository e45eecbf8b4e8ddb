/**
 * `viewcomfy-wasm/cloud`: the route of your backend between a page and ViewComfy's cloud API. The page calls it as it calls
 * a deployment; the route schedules, looks up, listens and responds. It needs no wasm, keeps nothing between two requests, and
 * runs wherever `Request` and `Response` do: Next.js, Node (with `viewcomfy-wasm/proxy/node`), Bun, Deno, Cloudflare Workers.
 *
 * A page gives the route's address as its client's `endpoint`. On a server, the route is a client's `fetch` without any HTTP.
 *
 * Live log lines come through Socket.IO: also install `socket.io-client`. Without it, or if it cannot connect, runs
 * are looked up until they end, and one line of their log says so.
 * @module
 */

import type { ProxyFailure, ProxyHandler, ProxyOptions } from "./proxy.js";

/** Options of {@link createCloudRoute}. */
export interface CloudRouteOptions
  extends Pick<
    ProxyOptions,
    "clientId" | "clientSecret" | "token" | "authorize" | "workflowApi" | "maxBodyBytes" | "origins" | "fetch"
  > {
  /** The address of the deployment that runs, from the dashboard. It is passed to the cloud API, and not called from here. */
  apiUrl: string | URL | undefined;
  /** The cloud API's address; default `https://api.viewcomfy.com`. */
  baseUrl?: string | URL | undefined;
  /** Where live events come from, by Socket.IO at the path `/socket.io` below it; default {@link baseUrl}. */
  socketUrl?: string | URL | undefined;
  /** Whether there are live events; default true. Without them a run is only looked up, and has no log. */
  liveEvents?: boolean;
  /**
   * `io` of `socket.io-client`, for servers that are bundled into one file. Default: the package is imported when the first
   * run wants it, and where it is missing there are no live events.
   *
   * @example
   * ```js
   * import { io } from "socket.io-client";
   * createCloudRoute({ ...fromEnv(process.env), io });
   * ```
   */
  io?: (address: string, options: object) => unknown;
  /**
   * Hosts from which `?url=` may fetch the outputs, `"results.example.com"` or `"*.example.com"`, with the port where it is not
   * 443. Default: none. Outputs from these hosts are links of the route itself, which renews them where they have expired;
   * the others are handed out as they come. Only https, but for hosts of this machine. No credentials are sent there.
   */
  linkHosts?: readonly string[];
  /**
   * How outputs are returned; default `"link"`. With `"inline"` each is downloaded by the route and streamed into the result as
   * base64, from where it broke off when it breaks; an output that cannot be had stays a link. None is ever held as a whole.
   */
  outputs?: "link" | "inline";
  /** Whether a run is canceled when the page that began it leaves; default false: it goes on, and can be resumed. */
  cancelOnLeave?: boolean;
  /** Limit in milliseconds for a run to end; default 24,000,000, 0 means no limit. The response breaks off then, and the run goes on. */
  timeoutMs?: number;
  /**
   * Limit in milliseconds for each response of the cloud API; default 60,000, 0 means no limit. Of the call that begins a run, it
   * counts from the end of the form. Nothing is sent again because of it: the run is looked up first.
   */
  callTimeoutMs?: number;
  /**
   * The first wait between two look-ups in milliseconds; default 1,000. Each wait is half as long again as the one before, up
   * to ten times the first, and a live event starts over.
   */
  pollMs?: number;
  /** How long in milliseconds look-ups may fail in a row before the response breaks off; default 300,000. The run goes on. */
  patienceMs?: number;
  /** Called for each request that could not be passed on, for your log. What it gets contains no secret and no body. */
  onFailure?: (failure: CloudRouteFailure) => void;
}

/** Why a request was not passed on, or got no response. The codes are stable; messages may be reworded. */
export interface CloudRouteFailure extends Omit<ProxyFailure, "code"> {
  /** What kind of failure it was. `unknown_run`: the cloud API does not know the run that was asked for. */
  code: ProxyFailure["code"] | "unknown_run";
}

/**
 * Makes the route.
 *
 * | request | response |
 * | --- | --- |
 * | `POST` with a form | runs: 201, the result as JSON or as an event stream, as a deployment responds |
 * | `GET ?resume=ID` | 200, the event stream of a run that was begun before, then its result |
 * | `GET ?prompt_ids=ID&prompt_ids=ID` | 200, a list with the state of these runs |
 * | `POST ?cancel=ID` | 200, `{ prompt_id, canceled }`; false if it had already ended |
 * | `GET ?url=LINK` | an output, from a host of `linkHosts`, with range requests |
 *
 * Every response says `viewcomfy-can: resume, look-up, cancel`; those to a run have its id in `viewcomfy-prompt-id`. Anyone who may
 * call may ask about any run whose id they know: `authorize` gets each request, and can tell them apart by their query.
 *
 * A run starts only once, under an id that the route chooses before it calls. If the response is lost, the run is looked up before
 * anything is sent again. A refusal is returned as JSON, `{ "errorMsg", "errorDetails", "errorType" }` with the code as its type,
 * which the client turns into a `ViewComfyError`; so are the service's own.
 *
 * Settings that are missing are not a reason to fail while a server builds or starts: each request gets a 500 instead,
 * with a message that names the setting.
 * @throws {TypeError} an option of the wrong type, or an unknown one (`code` `invalid_param`, with its `key` and the `nearest`)
 * @example
 * ```js
 * // app/api/viewcomfy/route.js of a Next.js app
 * import { createCloudRoute, fromEnv } from "viewcomfy-wasm/cloud";
 *
 * const route = createCloudRoute({ ...fromEnv(process.env), linkHosts: ["*.amazonaws.com"] });
 * export { route as GET, route as POST };
 * ```
 * @example
 * ```js
 * // on a server, without HTTP between
 * const client = new ViewComfyClient({ endpoint: "http://localhost/run", fetch: createCloudRoute(fromEnv(process.env)) });
 * ```
 */
export function createCloudRoute(options: CloudRouteOptions): ProxyHandler;

/**
 * The addresses and the credentials as they are commonly named: `VIEWCOMFY_API_URL` (the deployment), `VIEWCOMFY_CLOUD_URL`
 * (the cloud API, where it is not the service's own), `VIEWCOMFY_CLIENT_ID`, `VIEWCOMFY_CLIENT_SECRET`; and `VIEWCOMFY_TOKEN`
 * where a token stands for the two.
 *
 * @param env `process.env`, `Deno.env.toObject()`, or the `env` of a worker
 */
export function fromEnv(
  env: Readonly<Record<string, unknown>>,
): Pick<CloudRouteOptions, "apiUrl" | "baseUrl" | "clientId" | "clientSecret" | "token">;
