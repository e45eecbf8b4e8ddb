// Decoded pieces become Files. A Blob made from bytes cannot say that there was no room for it: it shows when it is
// read. So each is read back while its bytes are still there, and what does not fit goes the slower way, through a
// stream, which the browser may keep on disk and which fails aloud.

import { Answer, wasmMemory } from "./viewcomfy_wasm.js";

/** So many bytes of one result are made into Blobs directly; a result beyond that goes on through streams. */
const MAX_DIRECT = 256 * 1024 * 1024;

/** Pieces from this size on stay in wasm memory until they were read back; smaller ones are copied out. */
const KEPT = 256 * 1024;

/** So many kept pieces may be under way while the next chunk is read. */
const UNDER_WAY = 1;

/** A Blob of this page could not be read back: from then on, all large pieces go through streams. */
let full = false;

export class Outlet {
  /** Per output: Blobs, or promises of them, in order. */
  #parts = [];
  /** Pieces that are being read back, oldest first. */
  #checks = [];
  #direct = 0;
  /** The stream of the output that is being written, if one is. */
  #open;

  /** Called by the wasm: true when the memory must stay as it is until `answer.release()`. */
  piece(output, address, length) {
    const bytes = new Uint8Array(wasmMemory().buffer, address, length);
    this.#parts[output] ??= [];
    if (full || this.#direct + length > MAX_DIRECT) {
      this.#write(output, bytes.slice());
      return false;
    }
    this.#direct += length;
    const kept = length >= KEPT;
    this.#check(output, kept ? bytes : bytes.slice(), { kept, address, length });
    return kept;
  }

  /** Waits until the wasm may go on: at most one piece is under way, and the stream has taken what it was given. */
  async settle(answer, underWay = UNDER_WAY) {
    while (this.#checks.length > underWay) {
      const check = this.#checks.shift();
      if (!(await check.readable)) await this.#resend(check);
      if (check.kept) answer.release();
    }
    await this.#open?.taken();
  }

  /** The content of an output as a File that has been read to its last byte. */
  async file(output, name, type) {
    this.#close();
    try {
      const parts = await Promise.all(this.#parts[output] ?? []);
      const file = new File(parts, name, { type });
      await readBack(file);
      return file;
    } catch (cause) {
      throw Answer.storageFull(output, cause);
    }
  }

  /** Drops what was made, for a run that ends early. */
  abandon() {
    this.#open?.abort();
    this.#parts = [];
  }

  #check(output, bytes, check) {
    const blob = new Blob([bytes]);
    const place = this.#parts[output].push(blob) - 1;
    const readable = readBack(blob).then(
      () => true,
      () => false,
    );
    // A copy is good for a second try; what was kept is still in wasm memory.
    this.#checks.push({ ...check, output, place, readable, bytes: check.kept ? undefined : bytes });
  }

  async #resend({ output, place, bytes, address, length }) {
    full = true;
    const again = bytes ?? new Uint8Array(wasmMemory().buffer, address, length).slice();
    const stream = new BlobStream();
    stream.write(again);
    stream.close();
    try {
      this.#parts[output][place] = await stream.blob;
    } catch (cause) {
      throw Answer.storageFull(output, cause);
    }
  }

  #write(output, bytes) {
    if (this.#open?.output !== output) {
      this.#close();
      this.#open = new BlobStream(output);
      this.#parts[output].push(this.#open.blob);
    }
    this.#open.write(bytes);
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

  constructor(output) {
    this.output = output;
    const start = (controller) => {
      this.#controller = controller;
    };
    const pull = () => this.#wanted?.();
    const stream = new ReadableStream({ start, pull }, { highWaterMark: 0 });
    this.blob = new Response(stream).blob();
    // Whoever asks for the File hears of a failure; until then nobody listens.
    this.blob.catch(() => this.#wanted?.());
  }

  write(bytes) {
    this.#controller.enqueue(bytes);
  }

  /** Resolves once the browser asks for more. */
  taken() {
    if (this.#controller.desiredSize === null || this.#controller.desiredSize >= 0) return;
    return new Promise((resolve) => {
      this.#wanted = resolve;
    });
  }

  close() {
    this.#controller.close();
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
