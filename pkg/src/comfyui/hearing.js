// What a server's messages say about one prompt. Its log and its previews are told as they come; how it ended is looked up.

import { Arrivals } from "./arrivals.js";
import { barAfter, barOf, linesOf, stepOf, totalOfBar } from "./lines.js";
import { ENDS } from "./state.js";

const [PREVIEW, TEXT, PREVIEW_WITH_FACTS] = [1, 3, 4];
const PNG = 2;
/** The nodes of this class send what they make as if it were a preview. */
const BY_SOCKET = "SaveImageWebsocket";
const LAST_LINE = /Prompt executed in /;
/** So long a result waits at most for the message of its end, and for that line. */
const [END_MS, LAST_LINE_MS] = [2_000, 250];
/** A node stopped what depends on it, with a message for the user; the run goes on. */
const BLOCKED = "ExecutionBlocked";

/**
 * @typedef {object} Teller
 * @property {(line: string) => void} log
 * @property {(preview: { nodeId: string | null, contentType: string, bytes: Uint8Array }) => void} preview
 */

export class Hearing {
  /** Whether the prompt is being executed, as far as is known: then the log's lines are about it. */
  running = false;
  /** Whether the messages said that it is over. */
  ended = false;
  /** Whether this socket is the one that the prompt was posted for: only that one hears when the prompt begins and ends. */
  own = true;
  /** Whether the socket hears the log. */
  hasLog = false;
  /** What output nodes made, by id. */
  outputs = {};
  /** The messages of its end, as the history has them. */
  messages = [];
  /** @type {import("./outputs.js").BytesOutput[]} what came by the socket alone */
  sent = [];
  #promptId;
  #classes;
  #tell;
  #changed;
  #node = null;
  /**
   * The present node's bar, when it began, where it is, and the totals of the bars that the log itself draws for the node.
   *
   * @type {ReturnType<typeof barAfter> | undefined}
   */
  #bar;
  #barBegan;
  #step;
  #drawn = new Set();
  /** Lines of which it is not known whether they are about this prompt: something began or ended in between. */
  #held;
  #arrivals = new Arrivals();
  /** Whether ComfyUI's last line about this prompt has been heard. */
  #hasLast = false;
  #heard = () => {};

  /**
   * @param {string} promptId
   * @param {Map<string, string>} classes the class of each node, where the prompt is known
   * @param {Teller} tell
   * @param {() => void} changed called when the state may be another
   */
  constructor(promptId, classes, tell, changed) {
    this.#promptId = promptId;
    this.#classes = classes;
    this.#tell = tell;
    this.#changed = changed;
  }

  /** @param {string | ArrayBuffer} data a message of the socket */
  take(data) {
    if (typeof data === "string") this.#takeText(data);
    else this.#takeBinary(new Uint8Array(data));
    this.#heard();
  }

  /** The prompt is still being executed, so the lines that were held are about it. */
  confirm() {
    this.running = true;
    const lines = this.#held ?? [];
    this.#held = undefined;
    for (const line of lines) this.#tell.log(line);
  }

  /** The socket broke: another one hears no more than the log and the queue. */
  lose() {
    this.own = false;
    this.hasLog = false;
    this.#heard();
  }

  /** Waits for what is on its way when the state already says that the prompt is over: its end, and the log's last line after it. */
  async untilHeardOut() {
    await this.#until(() => this.ended || !this.own, END_MS);
    await this.#until(() => this.#hasLast || !this.hasLog, LAST_LINE_MS);
  }

  async #until(holds, ms) {
    if (holds()) return;
    await new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#heard = () => {};
        resolve(undefined);
      };
      const timer = setTimeout(done, ms);
      this.#heard = () => holds() && done();
    });
  }

  /** The prompt is over: its last line is ComfyUI's own, and what follows is about another. */
  finish() {
    this.running = false;
    this.#hasLast = true;
    const lines = this.#held ?? [];
    this.#held = undefined;
    const last = lines.findIndex((line) => LAST_LINE.test(line));
    for (const line of lines.slice(0, last + 1)) this.#tell.log(line);
  }

  #takeText(text) {
    const { type, data } = messageOf(text);
    if (type === "status") this.#takeStatus();
    else if (type === "logs") this.#takeLogs(data.entries);
    else if (data?.prompt_id === this.#promptId) this.#takeEvent(type, data);
  }

  #takeStatus() {
    if (!this.own && this.running) this.#held ??= [];
    this.#changed();
  }

  #takeLogs(entries) {
    if (!Array.isArray(entries)) return;
    for (const line of entries.flatMap(({ m }) => (typeof m === "string" ? linesOf(m) : []))) {
      const isAnothers = this.#arrivals.has(line);
      if (!isAnothers && (this.running || (this.ended && !this.#hasLast))) this.#takeLine(line);
    }
  }

  #takeLine(line) {
    const total = totalOfBar(line);
    if (total !== undefined) this.#drawn.add(total);
    if (this.#held) this.#held.push(line);
    else this.#tell.log(line);
    if (LAST_LINE.test(line)) this.#hasLast = true;
  }

  #takeEvent(type, data) {
    if (type === "execution_start") {
      this.running = true;
      this.#changed();
    } else if (type === "executing") this.#enter(data.node);
    else if (type === "progress") this.#takeProgress(data);
    else if (type === "executed") this.outputs[data.node] = data.output;
    else if (data.exception_type === BLOCKED) this.#tell.log(leftOut(data));
    else if (Object.hasOwn(ENDS, type)) this.messages.push([type, data]);
  }

  #enter(node) {
    this.#node = node;
    this.#bar = undefined;
    this.#drawn.clear();
    if (node !== null && node !== undefined) return;
    this.running = false;
    this.ended = true;
    this.#changed();
  }

  /** A sampler's bar is in the log, and not told twice. */
  #takeProgress({ value, max }) {
    if (this.#drawn.has(max)) return;
    const bar = barAfter(this.#bar, value, max);
    if (bar !== this.#bar) [this.#bar, this.#barBegan, this.#step] = [bar, Date.now(), undefined];
    const { total } = bar;
    const step = stepOf(value, max, total);
    if (step === this.#step) return;
    this.#step = step;
    this.#tell.log(barOf(step, total, (Date.now() - this.#barBegan) / 1_000));
  }

  #takeBinary(bytes) {
    if (bytes.length < 8) return;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const kind = view.getUint32(0);
    const second = view.getUint32(4);
    if (kind === PREVIEW) {
      const contentType = second === PNG ? "image/png" : "image/jpeg";
      this.#takePicture({ nodeId: this.#node, contentType, bytes: bytes.subarray(8) });
      return;
    }
    const head = new TextDecoder().decode(bytes.subarray(8, 8 + second));
    const rest = bytes.subarray(8 + second);
    if (kind === TEXT && this.running) {
      for (const line of linesOf(new TextDecoder().decode(rest))) this.#tell.log(line);
    }
    if (kind !== PREVIEW_WITH_FACTS) return;
    const { node_id, prompt_id, image_type } = messageOf(head);
    if (prompt_id === this.#promptId)
      this.#takePicture({ nodeId: node_id, contentType: image_type ?? "image/jpeg", bytes: rest });
  }

  #takePicture(picture) {
    if (!this.running) return;
    const { nodeId, contentType, bytes } = picture;
    if (this.#classes.get(nodeId) !== BY_SOCKET) {
      this.#tell.preview(picture);
      return;
    }
    const number = `${this.sent.length + 1}`.padStart(5, "0");
    this.sent.push({
      filename: `ComfyUI_ws_${number}_.${contentType === "image/png" ? "png" : "jpg"}`,
      contentType,
      bytes: bytes.slice(),
    });
  }
}

function leftOut({ node_id, node_type, exception_message }) {
  return `Left out by ComfyUI: ${node_type} (node ${node_id}): ${exception_message}`;
}

/** What cannot be read says nothing. */
function messageOf(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
