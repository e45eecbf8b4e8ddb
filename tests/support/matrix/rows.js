// The fault matrix: what can happen to a run on its way, and the outcome for each way of running. Node and the browsers
// have a test for each cell, and the guide "What can happen on the way" shows it.

/**
 * @typedef {object} Expected a failure's facts: compared as they are, matched, or asked; or `{ code: "result" }`
 *
 * @typedef {object} Row
 * @property {string} fault what happens, in words for the guide
 * @property {(to: import("./exchange.js").Exchange) => unknown} answer what the server does
 * @property {Expected} infer
 * @property {Expected} streamed of `inferWithLogs` and `stream`
 * @property {Expected | null} follow null if it cannot happen
 * @property {boolean} [aborts] the caller aborts after the server's last byte
 * @property {number} [limitMs] the caller's timeout
 * @property {boolean} [uploads] a large file is sent, and not read
 * @property {number | Record<string, number>} [asked] how many requests arrive, by way if it differs; default 1
 * @property {boolean} [pages] it can only happen in a page
 * @property {"refused" | "elsewhere" | "lost" | "hidden"} [where] what else check.js has to set up
 * @property {boolean} [closed] the server lets no other origin read
 * @property {Exception[]} [except]
 *
 * @typedef {object} Exception
 * @property {string[]} engines
 * @property {string[]} [ways] all
 * @property {Expected} [gives]
 * @property {{ from: number }} [asked] how many requests arrive at least
 * @property {string} because
 */

/** A long timeout: it expires when the cell says so. */
const LIMIT_MS = 1_234_567;

/** Where the matrix is tested, in words for the guide. */
export const NAMES = { node: "Node", chromium: "Chromium", firefox: "Firefox", webkit: "WebKitGTK" };

const RESULT = { code: "result", whole: true };
const NETWORK = { code: "network", message: /\S/ };
const ENDED = { code: "stream_ended", message: /ended/ };
const UNREADABLE = { code: "network", message: /events could not be read/ };
const INVALID = { code: "invalid_response", message: /\S/ };
const ABORTED = { code: "the reason" };
const LATE = { code: "timeout", message: new RegExp(`within ${LIMIT_MS} ms`) };

const everywhere = (expected) => ({ infer: expected, streamed: expected, follow: expected });
/** An EventSource does not say why. */
const beforeIt = (expected) => ({ infer: expected, streamed: expected, follow: UNREADABLE });
const status = (number, code, more = {}) =>
  beforeIt({ code, status: number, message: new RegExp(`${number}`), ...more });

const PROPER_IN_WEBKIT = [
  {
    engines: ["webkit"],
    gives: ENDED,
    because: "WebKitGTK tells a connection that is closed as the proper end of a response",
  },
];

const CONNECTION = [
  { fault: "nothing listens at the address", where: "refused", asked: 0, ...beforeIt(NETWORK) },
  {
    fault: "the service allows no calls from the page (CORS)",
    where: "elsewhere",
    pages: true,
    closed: true,
    answer: (to) => to.whole(),
    asked: { infer: 0, inferWithLogs: 0, stream: 0, follow: 1 },
    ...beforeIt({ ...NETWORK, message: /CORS/ }),
  },
  {
    fault: "reset before the response",
    answer: (to) => to.reset(),
    ...beforeIt(NETWORK),
    except: [
      {
        engines: ["firefox"],
        ways: ["follow"],
        asked: { from: 2 },
        because: "Firefox asks again, up to ten times in all, when a GET gets no response",
      },
    ],
  },
  {
    fault: "reset in the headers",
    answer: (to) => to.raw("HTTP/1.1 201 Created\r\ncontent-ty").reset(),
    ...beforeIt(NETWORK),
  },
  {
    fault: "reset behind the headers",
    answer: (to) => to.head().reset(),
    infer: NETWORK,
    streamed: NETWORK,
    follow: ENDED,
    except: [
      {
        engines: ["firefox"],
        ways: ["follow"],
        gives: UNREADABLE,
        because: "Firefox calls an EventSource open only once something came",
      },
    ],
  },
  {
    fault: "reset in the log",
    answer: async (to) => (await to.upTo("log")).reset(),
    infer: NETWORK,
    streamed: NETWORK,
    follow: ENDED,
  },
  {
    fault: "reset in the result",
    answer: async (to) => (await to.upTo("result")).reset(),
    infer: NETWORK,
    streamed: NETWORK,
    follow: ENDED,
  },
  {
    fault: "closed in the log",
    answer: async (to) => (await to.upTo("log")).close(),
    infer: NETWORK,
    streamed: NETWORK,
    follow: ENDED,
    except: PROPER_IN_WEBKIT,
  },
  {
    fault: "closed in the result",
    answer: async (to) => (await to.upTo("result")).close(),
    infer: NETWORK,
    streamed: NETWORK,
    follow: ENDED,
    except: PROPER_IN_WEBKIT,
  },
  {
    fault: "the connection is lost in the log; when it is there again, so is the next run's result",
    where: "lost",
    answer: async (to) => (to.nth === 1 ? (await to.upTo("log")).hold() : to.whole()),
    asked: 2,
    infer: NETWORK,
    streamed: NETWORK,
    follow: ENDED,
  },
  {
    fault: "the page is hidden meanwhile",
    where: "hidden",
    pages: true,
    answer: (to) => to.whole(),
    ...everywhere(RESULT),
  },
];

const PACE = [
  { fault: "in very small pieces", answer: (to) => to.trickle(), ...everywhere(RESULT) },
  { fault: "compressed with gzip", answer: (to) => to.whole("gzip"), ...everywhere(RESULT) },
  { fault: "compressed with Brotli", answer: (to) => to.whole("br"), ...everywhere(RESULT) },
];

/** Each point at which a run can stall. */
const HALTS = {
  "in the upload": { answer: (to) => to.hold(), uploads: true, follow: null },
  "before the response": { answer: (to) => to.hold() },
  "behind the headers": { answer: (to) => to.head().hold() },
  "in the log": { answer: async (to) => (await to.upTo("log")).hold() },
  "in the result": { answer: async (to) => (await to.upTo("result")).hold() },
};
const halted = (name, expected, more) =>
  Object.entries(HALTS).map(([place, halt]) => ({
    fault: `${name} ${place}`,
    ...everywhere(expected),
    ...more,
    ...halt,
  }));

const ENDS = [
  ...halted("the caller aborts", ABORTED, { aborts: true }),
  ...halted("nothing more comes, until the time limit,", LATE, { limitMs: LIMIT_MS }),
];

const HOPS = 3;
const REDIRECTS = [
  { fault: `${HOPS} redirects to the same address`, answer: hop, asked: HOPS + 1, ...everywhere(RESULT) },
  {
    fault: "a redirect to another origin",
    // The other server has no further server to redirect to.
    answer: (to) => (to.elsewhere ? to.redirect(303, to.elsewhere + to.request.url) : to.whole()),
    ...everywhere(RESULT),
    except: [
      {
        engines: ["node"],
        ways: ["infer", "inferWithLogs", "stream"],
        gives: { ...NETWORK, cause: /redirects elsewhere/ },
        because:
          "a client on a server follows redirects itself, and none that leads away with its credentials",
      },
    ],
  },
];

const refusal = (number, code, body, more = {}, headers = {}) => ({
  fault: `${number}`,
  answer: (to) => to.refuse(number, body, headers),
  ...status(number, code, more),
});
const REFUSALS = [
  refusal(401, "unauthorized", '{"errorType":"UnAuthorizedException"}'),
  refusal(403, "unauthorized", '{"detail":"not yours"}'),
  refusal(404, "http_status", "<h1>Not Found</h1>"),
  refusal(413, "http_status", "too large"),
  {
    ...refusal(
      422,
      "validation_failed",
      '{"detail":[{"loc":["body","params"],"msg":"Field required","type":"missing"}]}',
    ),
    ...beforeIt({ code: "validation_failed", status: 422, message: /Field required/ }),
  },
  {
    ...refusal(429, "rate_limited", "", { retryAfterMs: 7_000 }, { "retry-after": "7" }),
    fault: "429 with `Retry-After`",
  },
  {
    ...refusal(500, "http_status", "<h1>500 Internal Server Error</h1>", { body: /<h1>/ }),
    fault: "500 with a page of HTML",
  },
  refusal(502, "http_status", "<h1>Bad Gateway</h1>"),
  {
    ...refusal(503, "http_status", "", { retryAfterMs: 9_000 }, { "retry-after": "9" }),
    fault: "503 with `Retry-After`",
  },
  refusal(504, "http_status", ""),
];

const ANSWERS = [
  {
    fault: "another content type",
    answer: async (to) =>
      (await to.head(undefined, { "content-type": "text/html" }).text("<h1>Hello</h1>")).end(),
    infer: INVALID,
    streamed: { ...INVALID, message: /text\/html/ },
    follow: UNREADABLE,
  },
  {
    fault: "an empty body",
    answer: (to) => to.head().end(),
    infer: ENDED,
    streamed: ENDED,
    follow: ENDED,
  },
  {
    fault: "the end in the log",
    answer: async (to) => (await to.upTo("log")).end(),
    ...everywhere(ENDED),
  },
  {
    fault: "the end in the result",
    answer: async (to) => (await to.upTo("result")).end(),
    ...everywhere(ENDED),
  },
  { fault: "more behind the result", ...answered("result", "more"), infer: INVALID },
  { fault: "two results", ...answered("result", "result"), infer: INVALID },
  { fault: "a result, then an error", ...answered("result", "error"), infer: INVALID },
  { fault: "an error, then a result", ...answered("error", "result"), infer: INVALID },
];

/** @type {{ title: string, rows: Row[] }[]} */
export const GROUPS = [
  { title: "The connection", rows: CONNECTION },
  { title: "How the response comes", rows: [...PACE, ...REDIRECTS] },
  { title: "The run is ended", rows: ENDS },
  { title: "The response is a refusal", rows: REFUSALS },
  { title: "The response is not what it should be", rows: ANSWERS },
];

export const ROWS = GROUPS.flatMap(({ rows }) => rows);

function hop(to) {
  if (to.hop === HOPS) return to.whole();
  return to.redirect(303, `?hop=${to.hop + 1}`);
}

function answered(...kinds) {
  return { answer: async (to) => (await to.all(...kinds)).end(), ...everywhere(RESULT) };
}
