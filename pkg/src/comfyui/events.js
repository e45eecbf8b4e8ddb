// The event stream to the caller: what was told and not read yet, pings in between, the result at its end. What waits is
// bounded, however slowly it is read.

import { encoded } from "../route/base64.js";
import { eventText, PING } from "../route/events.js";
import { totalOfBar } from "./lines.js";

const PING_MS = 15_000;
/** In characters. */
const MAX_WAITING = 1024 * 1024;
/** Larger pictures are not told: they are previews, and the next one comes soon. */
const MAX_PREVIEW = 384 * 1024;

/** For those who wait for the result alone. */
export const SILENT = { log() {}, preview() {} };

export class Events {
  /** @type {{ text: string, kind: "log" | "bar" | "preview" | "error" }[]} */
  #waiting = [];
  #size = 0;
  #leftOut = 0;
  #ended = false;
  #previews;
  #wake = () => {};

  /** @param {{ previews: boolean }} wanted */
  constructor({ previews }) {
    this.#previews = previews;
  }

  log(line) {
    const kind = totalOfBar(line) === undefined ? "log" : "bar";
    if (kind === "bar" && this.#waiting.at(-1)?.kind === "bar") this.#drop(this.#waiting.length - 1);
    this.#push(kind, eventText("log_message", line));
  }

  error(text) {
    this.#push("error", eventText("error", text));
  }

  preview({ nodeId, contentType, bytes }) {
    if (!this.#previews || bytes.length > MAX_PREVIEW) return;
    const before = this.#waiting.findIndex(({ kind }) => kind === "preview");
    if (before >= 0) this.#drop(before);
    const data = { node_id: nodeId, content_type: contentType, data: encoded(bytes) };
    this.#push("preview", eventText("preview", JSON.stringify(data)));
  }

  /** Nothing more will be told. */
  end() {
    this.#ended = true;
    this.#wake();
  }

  #push(kind, text) {
    if (this.#size > MAX_WAITING && kind !== "error") this.#leftOut += 1;
    else {
      this.#waiting.push({ kind, text });
      this.#size += text.length;
    }
    this.#wake();
  }

  #drop(index) {
    const [{ text }] = this.#waiting.splice(index, 1);
    this.#size -= text.length;
  }

  #take() {
    const texts = this.#waiting.map(({ text }) => text);
    if (this.#leftOut > 0)
      texts.push(eventText("log_message", `(${this.#leftOut} lines were not read in time and are left out)`));
    [this.#waiting, this.#size, this.#leftOut] = [[], 0, 0];
    return texts.join("");
  }

  /**
   * What is told, as it is read; ends once nothing more will be.
   *
   * @param {AbortSignal} signal
   */
  async *texts(signal) {
    for (;;) {
      const text = this.#take();
      if (text !== "") yield text;
      else if (this.#ended || signal.aborted) return;
      else if (!(await this.#changed(signal))) yield PING;
    }
  }

  /** @returns {Promise<boolean>} false when nothing was told for a while */
  #changed(signal) {
    return new Promise((resolve) => {
      const done = (changed) => {
        clearTimeout(timer);
        signal.removeEventListener("abort", wake);
        this.#wake = () => {};
        resolve(changed);
      };
      const wake = () => done(true);
      const timer = setTimeout(() => done(false), PING_MS);
      signal.addEventListener("abort", wake);
      this.#wake = wake;
      if (signal.aborted) wake();
    });
  }
}

/** One event whose data is written piece by piece, on one line. */
export async function* eventOf(event, texts) {
  yield `event: ${event}\r\ndata: `;
  yield* texts;
  yield "\r\n\r\n";
}
