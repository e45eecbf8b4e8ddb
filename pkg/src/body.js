// The body of an answer as chunks of bytes.

/** Room for a chunk where the browser fills ours: at first, and once chunks filled what there was. */
const ROOM = 16 * 1024;
const MAX_ROOM = 2 * 1024 * 1024;

/** How much of a refusal is read, and how long that may take in milliseconds. */
const MAX_REFUSAL = 64 * 1024;
const REFUSAL_TIME = 3_000;

/** Reads a body; bytes of one chunk are good until the next one is asked for. */
export class Body {
  #read;
  #cancel;

  /** @param {ReadableStream<Uint8Array>} stream */
  constructor(stream) {
    try {
      const reader = stream.getReader({ mode: "byob" });
      let buffer;
      let room = ROOM;
      this.#read = async () => {
        if (buffer?.byteLength !== room) buffer = new ArrayBuffer(room);
        const read = await reader.read(new Uint8Array(buffer));
        // The buffer comes back under another name.
        buffer = read.value?.buffer ?? buffer;
        if (read.value?.length === room) room = Math.min(2 * room, MAX_ROOM);
        return read;
      };
      this.#cancel = () => reader.cancel();
    } catch {
      // Not every browser, and no stream made of plain chunks, fills a buffer of ours.
      const reader = stream.getReader();
      this.#read = () => reader.read();
      this.#cancel = () => reader.cancel();
    }
  }

  /** The next bytes; undefined at the end. */
  async read() {
    const { done, value } = await this.#read();
    if (done) return undefined;
    if (value instanceof Uint8Array) return value;
    throw new TypeError("a chunk of the response is not a Uint8Array");
  }

  /** Ends a read that is under way. */
  cancel() {
    this.#cancel().catch(() => {});
  }
}

/** The text of a refusal, as far as it is of interest and comes in time. */
export async function refusalText(stream) {
  if (!stream) return "";
  const reader = stream.getReader();
  const timer = setTimeout(() => reader.cancel().catch(() => {}), REFUSAL_TIME);
  const decoder = new TextDecoder();
  let text = "";
  try {
    while (text.length < MAX_REFUSAL) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    // A refusal that breaks off is still one.
  } finally {
    clearTimeout(timer);
  }
  return text;
}
