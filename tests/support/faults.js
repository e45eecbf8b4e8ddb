// The endpoint's faults and the expected outcome of each, for every way of running. One table for Node and browsers.

/** The timeout of a call that would never end; long enough for all others. */
export const LIMIT_MS = 700;

const NODE_ERROR = {
  nodeId: "3",
  classType: "KSampler",
  input: "sampler_name",
  type: "value_not_in_list",
  message: "Value not in list",
  details: "sampler_name: 'eulr' not in ['euler', 'dpmpp_2m']",
};

const unauthorized = {
  code: "unauthorized",
  status: 401,
  errorType: "UnAuthorizedException",
  body: /UnAuthorizedException/,
  message: /401|credential|client|token/i,
};
const forbidden = { code: "unauthorized", status: 403, body: /not yours/ };
const invalidParams = {
  code: "validation_failed",
  status: 422,
  nodeErrors: (errors) => errors.length === 1 && errors[0].message.includes("valid dictionary"),
};
const nodeErrors = {
  code: "validation_failed",
  status: 400,
  nodeErrors: [NODE_ERROR],
  message: /sampler_name/,
};
const rateLimited = { code: "rate_limited", status: 429, retryAfterMs: 7_000 };
const rateLimitedDate = {
  code: "rate_limited",
  status: 429,
  retryAfterMs: (ms) => ms > 1_000 && ms <= 8_000,
};
const gatewayPage = { code: "http_status", status: 500, body: /<h1>500 Internal Server Error<\/h1>/ };
const wrongType = { code: "invalid_response", message: /text\/html/ };
const notJson = { code: "invalid_response" };
const invalidJson = { code: "invalid_response", offset: (offset) => offset > 0 };
/** Not every engine can distinguish it from a connection that was cut. */
const endedEarly = { code: "stream_ended", offset: (offset) => offset > 0 };
const invalidBase64 = {
  code: "invalid_output",
  outputIndex: 0,
  filename: /\.png$/,
  offset: (offset) => offset >= 0,
};
const wrongSize = { code: "invalid_output", outputIndex: 0, filename: /\.png$/, message: /size|bytes/ };
const failedResult = {
  code: "execution_failed",
  errorData: /a failure on request/,
  message: /a failure on request/,
  resultStatus: "error",
};
const broken = { code: "network" };
/** WebKitGTK reports a cut connection as the proper end of a response. */
const endsInWebKit = { webkit: { code: "stream_ended" } };
const refusedUnseen = { code: "network" };
const late = { code: "timeout", message: new RegExp(`${LIMIT_MS}`) };
const logged = (logs) =>
  logs.length > 0 && logs.length <= 20 && logs.every((line) => typeof line === "string");

/**
 * `plain` is for `infer`, `streamed` for `inferWithLogs` and `stream`, `follow` for the browser's EventSource,
 * which sees neither a status nor why a connection ended. A fact is a value, a pattern or a predicate.
 */
export const FAULTS = [
  { fault: "unauthorized", plain: unauthorized, streamed: unauthorized, follow: refusedUnseen },
  { fault: "forbidden", plain: forbidden, streamed: forbidden, follow: refusedUnseen },
  { fault: "invalid_params", plain: invalidParams, streamed: invalidParams, follow: refusedUnseen },
  { fault: "node_errors", plain: nodeErrors, streamed: nodeErrors, follow: refusedUnseen },
  { fault: "rate_limited", plain: rateLimited, streamed: rateLimited, follow: refusedUnseen },
  { fault: "rate_limited_date", plain: rateLimitedDate, streamed: rateLimitedDate, follow: refusedUnseen },
  { fault: "html_500", plain: gatewayPage, streamed: gatewayPage, follow: refusedUnseen },
  { fault: "wrong_type", plain: notJson, streamed: wrongType, follow: refusedUnseen },
  {
    fault: "drop_in_log",
    plain: broken,
    streamed: { ...broken, logs: (logs) => logged(logs) && !logs.some((line) => line.includes("is cut")) },
    follow: { code: "stream_ended", logs: logged },
    except: endsInWebKit,
  },
  {
    fault: "drop_in_result",
    plain: broken,
    streamed: { ...broken, logs: logged },
    follow: { code: "stream_ended", logs: logged },
    except: endsInWebKit,
  },
  {
    fault: "no_result",
    plain: { code: "stream_ended", offset: 0 },
    streamed: { code: "stream_ended", logs: logged },
    follow: { code: "stream_ended", logs: logged },
  },
  {
    fault: "error_event",
    plain: {
      code: "http_status",
      status: 500,
      errorType: "DomainException",
      message: /a failure on request/,
    },
    streamed: { code: "execution_failed", message: /a failure on request/, logs: logged },
    follow: { code: "execution_failed", message: /a failure on request/, logs: logged },
  },
  {
    fault: "node_errors_event",
    plain: nodeErrors,
    streamed: { code: "validation_failed", nodeErrors: [NODE_ERROR], message: /sampler_name/ },
    follow: { code: "validation_failed", nodeErrors: [NODE_ERROR], message: /sampler_name/ },
  },
  { fault: "invalid_json", plain: endedEarly, streamed: invalidJson, follow: invalidJson },
  { fault: "invalid_base64", plain: invalidBase64, streamed: invalidBase64, follow: invalidBase64 },
  { fault: "wrong_size", plain: wrongSize, streamed: wrongSize, follow: wrongSize },
  { fault: "failed_result", plain: failedResult, streamed: failedResult, follow: failedResult },
  { fault: "silent", timeoutMs: LIMIT_MS, plain: late, streamed: late, follow: late },
  { fault: "never", timeoutMs: LIMIT_MS, plain: late, streamed: late, follow: late },
];

/** Faults that do not fail a run. */
export const HARMLESS = ["error_then_result", "link_output", "no_outputs", "slow_chunks"];

/** Needs two origins: see the browser tests. */
export const CROSS_ORIGIN = ["no_cors"];

/**
 * The expected outcome of a fault for a way of running.
 *
 * @param {string} [engine] if the row has an exception for it
 */
export function expectation({ plain, streamed, follow, except }, way, engine) {
  const expected = { infer: plain, follow }[way] ?? streamed;
  return { ...expected, ...except?.[engine] };
}

/** The differences between a described failure and the expected one. */
export function differences(failure, expected) {
  const common = { name: "ViewComfyError", isError: true, hasStack: true, message: /\S/ };
  return Object.entries({ ...common, ...expected }).flatMap(([fact, wanted]) =>
    fits(failure[fact], wanted) ? [] : [`${fact} is ${JSON.stringify(failure[fact])}, expected ${wanted}`],
  );
}

function fits(found, wanted) {
  if (wanted instanceof RegExp) return typeof found === "string" && wanted.test(found);
  if (typeof wanted === "function") return found !== undefined && wanted(found);
  return JSON.stringify(found) === JSON.stringify(wanted);
}
