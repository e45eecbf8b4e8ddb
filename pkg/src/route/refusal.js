// Why a request was not passed on: a code, the status that goes with it, and one sentence.

/** The status of each code, unless a refusal gives another. */
const STATUS = {
  not_configured: 500,
  not_authorized: 401,
  origin_not_allowed: 403,
  method_not_allowed: 405,
  unsupported_type: 415,
  field_not_allowed: 400,
  invalid_body: 400,
  too_large: 413,
  link_not_allowed: 403,
  unknown_run: 404,
  invalid_params: 400,
  invalid_workflow: 400,
  too_many_redirects: 502,
  redirect_not_allowed: 502,
  unreachable: 502,
  timeout: 504,
};

/** Thrown by whatever finds that a request cannot be passed on. */
export class Refusal extends Error {
  /**
   * @param {keyof typeof STATUS} code
   * @param {string} message for the page as well: no secret, nothing that was thrown underneath
   * @param {{ status?: number, headers?: Record<string, string>, cause?: unknown }} [more]
   */
  constructor(code, message, { status = STATUS[code], headers = {}, cause } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "Refusal";
    this.code = code;
    this.status = status;
    this.headers = headers;
  }

  /** What else is thrown comes from the network or from a `fetch` that was given. */
  static from(error, backend) {
    if (error instanceof Refusal) return error;
    return new Refusal("unreachable", `The ${backend} could not be reached.`, { cause: error });
  }
}
