// One request and what a faulty server makes of it. `state` is "open" until it is "answered" by us, "cut" by us, or "left"
// by whoever asked.

import { brotliCompressSync, gzipSync } from "node:zlib";

import { bodyOf, cutAt, event, RESULT } from "./content.js";

/** Browsers repeat a request by themselves when a connection breaks that they had used before. */
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
    // An EventSource takes no other good status than 200.
    this.#response.writeHead(status ?? (this.way === "follow" ? 200 : 201), {
      "content-type": type,
      ...this.#headers,
      ...headers,
    });
    this.#response.flushHeaders();
    return this;
  }

  /** Writes a text, or pieces of so many bytes with a pause after each. */
  async text(text, bytes = text.length) {
    for (let at = 0; at < text.length && !this.#response.destroyed; at += bytes) {
      this.#response.write(text.slice(at, at + bytes));
      await new Promise((resolve) => setImmediate(resolve));
    }
    return this;
  }

  /** Headers and the body up to a place. */
  upTo(place) {
    return this.head().text(cutAt(place, this.streamed));
  }

  /** A good answer, in the encoding if the client takes it. */
  async whole(encoding) {
    const body = bodyOf(this.streamed);
    const taken = (this.request.headers["accept-encoding"] ?? "").includes(encoding);
    if (!encoding || !taken) return (await this.head().text(body)).end();
    this.encoding = encoding;
    this.head(undefined, { "content-encoding": encoding });
    this.#response.write(COMPRESS[encoding](body));
    this.end();
  }

  /** A good answer, its first bytes one by one. */
  async trickle() {
    const body = bodyOf(this.streamed);
    await this.head().text(body.slice(0, 300), 1);
    (await this.text(body.slice(300), 97)).end();
  }

  /** Results and errors as events, or one JSON text behind the other. */
  async all(...kinds) {
    const texts = this.streamed ? EVENTS : DOCUMENTS;
    return this.head().text(kinds.map((kind) => texts[kind]).join(""));
  }

  /** A refusal. */
  refuse(status, body = "", headers = {}) {
    this.head(status, { "content-type": "text/plain", ...headers });
    this.#response.write(body || " ");
    this.end();
  }

  /** Sends the caller elsewhere. */
  redirect(status, location) {
    this.head(status, { location });
    this.end();
  }

  /** Bytes beside HTTP. */
  raw(text) {
    this.request.socket.write(text);
    return this;
  }

  end() {
    this.#response.end();
    this.state = "answered";
  }

  /** The connection breaks, once what was written is on its way. */
  async reset() {
    await new Promise((resolve) => setTimeout(resolve, 20));
    this.state = "cut";
    this.request.socket.resetAndDestroy();
  }

  /** The connection is closed in good order, although the answer is not complete. */
  close() {
    this.state = "cut";
    this.request.socket.end();
  }

  /** Nothing more comes. */
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
