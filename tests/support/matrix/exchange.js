// One request to a faulty server and its response. `state` is "open" until it is "answered" by us, "cut" by us, or "left"
// by the client.

import { brotliCompressSync, gzipSync } from "node:zlib";

import { bodyOf, cutAt, event, RESULT } from "./content.js";

/** Browsers retry a request by themselves if a reused connection breaks. */
const ONE_REQUEST = { connection: "close" };
const ALLOWED = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "*",
  "access-control-expose-headers": "*",
};
const COMPRESS = { gzip: gzipSync, br: brotliCompressSync };

export class Exchange {
  #response;
  #whenHeld;
  #headers;
  state = "open";

  constructor(request, response, { way, hop, nth, elsewhere, row, closing }) {
    this.request = request;
    this.#response = response;
    this.#headers = { ...(row.closed ? {} : ALLOWED), ...(closing ? ONE_REQUEST : {}) };
    Object.assign(this, { way, hop, nth, elsewhere, row });
    this.streamed = way !== "infer";
    this.held = new Promise((resolve) => {
      this.#whenHeld = resolve;
    });
    this.closed = new Promise((resolve) => {
      response.on("close", () => {
        if (this.state === "open") this.state = "left";
        resolve();
      });
    });
  }

  /** Writes a status and headers. */
  head(status, headers = {}) {
    const type = this.streamed ? "text/event-stream" : "application/json";
    // An EventSource accepts no status other than 200.
    this.#response.writeHead(status ?? (this.way === "follow" ? 200 : 201), {
      "content-type": type,
      ...this.#headers,
      ...headers,
    });
    this.#response.flushHeaders();
    return this;
  }

  /** Writes a text, or chunks of this many bytes with a pause after each. */
  async text(text, bytes = text.length) {
    for (let at = 0; at < text.length && !this.#response.destroyed; at += bytes) {
      this.#response.write(text.slice(at, at + bytes));
      await new Promise((resolve) => setImmediate(resolve));
    }
    return this;
  }

  /** Sends headers, and the body up to an offset. */
  upTo(place) {
    return this.head().text(cutAt(place, this.streamed));
  }

  /** Sends a successful response, in the encoding if the client accepts it. */
  async whole(encoding) {
    const body = bodyOf(this.streamed);
    const taken = (this.request.headers["accept-encoding"] ?? "").includes(encoding);
    if (!encoding || !taken) return (await this.head().text(body)).end();
    this.encoding = encoding;
    this.head(undefined, { "content-encoding": encoding });
    this.#response.write(COMPRESS[encoding](body));
    this.end();
  }

  /** Sends a successful response, its first bytes one by one. */
  async trickle() {
    const body = bodyOf(this.streamed);
    await this.head().text(body.slice(0, 300), 1);
    (await this.text(body.slice(300), 97)).end();
  }

  /** Sends results and errors as events, or as JSON texts one after another. */
  async all(...kinds) {
    const texts = this.streamed ? EVENTS : DOCUMENTS;
    return this.head().text(kinds.map((kind) => texts[kind]).join(""));
  }

  /** Sends a refusal. */
  refuse(status, body = "", headers = {}) {
    this.head(status, { "content-type": "text/plain", ...headers });
    this.#response.write(body || " ");
    this.end();
  }

  /** Sends a redirect. */
  redirect(status, location) {
    this.head(status, { location });
    this.end();
  }

  /** Sends bytes that are not HTTP. */
  raw(text) {
    this.request.socket.write(text);
    return this;
  }

  end() {
    this.#response.end();
    this.state = "answered";
  }

  /** Breaks the connection, once what was written has been flushed. */
  async reset() {
    await new Promise((resolve) => setTimeout(resolve, 20));
    this.state = "cut";
    this.request.socket.resetAndDestroy();
  }

  /** Closes the connection properly, although the response is not complete. */
  close() {
    this.state = "cut";
    this.request.socket.end();
  }

  /** Sends nothing more. */
  hold() {
    this.#whenHeld();
  }
}

const REFUSAL = '{"errorMsg":"a failure on request","errorDetails":["boom"],"errorType":"DomainException"}';
const EVENTS = {
  result: event("prompt_result", RESULT),
  error: event("error", "a failure on request"),
  more: event("log_message", "late"),
};
const DOCUMENTS = { result: RESULT, error: REFUSAL, more: "and more" };
