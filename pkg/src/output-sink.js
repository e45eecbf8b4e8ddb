// Decoded pieces become Files. A Blob made from bytes is the quickest, but it cannot say that there was no room for it:
// it just cannot be read. So only so many bytes go that way; the rest goes through streams, which the browser may keep
// on disk and which fail aloud; and no File is handed out before its last byte was read.

import { Answer, wasmMemory } from "./viewcomfy_wasm.js";

/** So many bytes of this page's Files may have been made directly. Chromium was seen to run out of room at 450 MB. */
const MAX_DIRECT = 256 * 1024 * 1024;

/** After so many bytes a stream ends and another one goes on: WebKit takes three times the bytes of a stream while it reads it. */
const MAX_STREAM = 64 * 1024 * 1024;

/** Bytes of Files made directly that are still there, and the registry that hears of those that are gone. */
let direct = 0;
const gone = new FinalizationRegistry((bytes) => {
  direct -= bytes;
});

export class OutputSink {
  /** Per output: Blobs, or promises of them, in order. */
  #parts = [];
  /** Per output: the bytes among them that were made directly. */
  #direct = [];
  /** The stream of the output that is being written, if one is. */
  #open;
  /** The output of which a piece could not be kept, and why. */
  #refused;

  /** Called by the wasm, whose memory is used again as soon as this returns. It must not throw into the wasm. */
  piece(output, address, length) {
    try {
      this.#keep(output, new Uint8Array(wasmMemory().buffer, address, length));
    } catch (cause) {
      this.#refused ??= { output, cause };
    }
  }

  /** Waits until the browser has taken what it was given; throws when it did not. */
  async settle() {
    await this.#open?.taken();
    if (this.#refused) throw Answer.storageFull(this.#refused.output, this.#refused.cause);
  }

  /** The content of an output as a File that has been read to its last byte. */
  async file(output, name, type) {
    try {
      this.#close();
      const parts = await Promise.all(this.#parts[output] ?? []);
      const file = new File(parts, name, { type });
      await readBack(file);
      gone.register(file, this.#direct[output] ?? 0);
      this.#direct[output] = 0;
      return file;
    } catch (cause) {
      throw Answer.storageFull(output, cause);
    }
  }

  /** Drops what was not handed out, for a run that ends early. */
  abandon() {
    this.#open?.abort();
    this.#parts = [];
    for (const bytes of this.#direct.splice(0)) direct -= bytes ?? 0;
  }

  #keep(output, bytes) {
    this.#parts[output] ??= [];
    // Once a stream has begun, what follows in the output goes behind it, whatever has been given back meanwhile.
    if (this.#open?.output === output || direct + bytes.length > MAX_DIRECT) {
      this.#stream(output).write(bytes.slice());
      return;
    }
    this.#parts[output].push(new Blob([bytes]));
    direct += bytes.length;
    this.#direct[output] = (this.#direct[output] ?? 0) + bytes.length;
  }

  #stream(output) {
    if (this.#open?.output !== output || this.#open.written >= MAX_STREAM) {
      this.#close();
      const opened = new BlobStream(output);
      opened.blob.catch((cause) => {
        this.#refused ??= { output, cause };
        opened.refuse();
      });
      this.#parts[output].push(opened.blob);
      this.#open = opened;
    }
    return this.#open;
  }

  #close() {
    this.#open?.close();
    this.#open = undefined;
  }
}

/** Bytes on their way into a Blob, as fast as the browser takes them. */
class BlobStream {
  #controller;
  #wanted;
  #refused = false;
  /** Bytes so far. */
  written = 0;

  constructor(output) {
    this.output = output;
    const start = (controller) => {
      this.#controller = controller;
    };
    const pull = () => this.#wanted?.();
    const stream = new ReadableStream({ start, pull }, { highWaterMark: 0 });
    this.blob = new Response(stream).blob();
  }

  write(bytes) {
    this.written += bytes.length;
    // A stream that was refused takes no more; why will be said when it is settled.
    if (!this.#refused) this.#controller.enqueue(bytes);
  }

  /** The browser did not take it. */
  refuse() {
    this.#refused = true;
    this.#wanted?.();
  }

  /** Resolves once the browser asks for more. */
  taken() {
    if (this.#refused || this.#controller.desiredSize === null || this.#controller.desiredSize >= 0) return;
    return new Promise((resolve) => {
      this.#wanted = resolve;
    });
  }

  close() {
    if (!this.#refused) this.#controller.close();
  }

  abort() {
    this.#controller.error(new DOMException("the run has ended", "AbortError"));
  }
}

/** Reads the last byte. */
async function readBack(blob) {
  const last = await blob.slice(-1).arrayBuffer();
  if (last.byteLength !== Math.min(blob.size, 1)) throw new Error("the last byte could not be read");
}
