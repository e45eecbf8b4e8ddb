// One call of an endpoint: everything is checked first, then it is sent.

import { callEndpoint } from "./endpoint-call.js";
import { wrongType } from "./options.js";
import { build, formOf, workflowToCheck } from "./params.js";
import { askToken } from "./settings.js";

/** A run before its answer. What is wrong with it is said when it is made: nothing was sent by then. */
export class Call {
  #settings;
  #streamed;
  #form;

  /** @param {import("viewcomfy-wasm").InferRequest} options */
  constructor(settings, options, streamed) {
    const objectInfo = options.objectInfo ?? settings.objectInfo;
    const made = build(options.params, workflowToCheck(options), options.workflowApi, objectInfo);
    this.#settings = settings;
    this.#streamed = streamed;
    this.#form = formOf(made, streamed, streamed && wantsPreviews(options));
    /** What is sent, as the caller may read it. */
    this.sent = made.built;
  }

  /** The token; a function is asked for it now. */
  token() {
    return askToken(this.#settings);
  }

  /** Sends the form and waits for the answer, whatever its status. */
  send(token, signal) {
    const how = { method: "POST", body: this.#form, streamed: this.#streamed };
    return callEndpoint(this.#settings, { ...how, token, signal });
  }
}

/** @param {{ previews?: boolean, onPreview?: unknown }} options */
function wantsPreviews({ previews, onPreview }) {
  const wants = previews ?? Boolean(onPreview);
  if (typeof wants === "boolean") return wants;
  throw wrongType("previews", "true or false", wants);
}
