// The content of the local endpoint's large outputs, by the formula of local-endpoint/src/large/content.rs, so that a
// client's files can be compared byte by byte. No imports, so that pages and Node can load it.

/** Decoded bytes of a block. */
export const BLOCK = 768 * 1024;

const SEED = 0x9e3779b9;
const WORDS = BLOCK / 4;

/** @type {Uint32Array<ArrayBuffer> | undefined} */
let fixed;

/** The sequence of a xorshift32, generated on first use. */
function fixedBlock() {
  if (fixed) return fixed;
  fixed = new Uint32Array(WORDS);
  let word = SEED;
  for (let at = 0; at < WORDS; at += 1) {
    word ^= word << 13;
    word ^= word >>> 17;
    word ^= word << 5;
    fixed[at] = word;
  }
  return fixed;
}

/**
 * One block of an output: the fixed one with its own head (output and block as u64, eight zeros).
 *
 * @param {number} output index from 0
 * @param {number} block index from 0
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function expectedBlock(output, block) {
  const words = fixedBlock().slice();
  words.set([output, 0, block, 0, 0, 0]);
  return new Uint8Array(words.buffer);
}

/**
 * Reads a file to its last byte and compares all of it.
 *
 * @param {Blob} file
 * @param {number} output the index of the output that it should be
 * @param {number} size the bytes it should have
 * @returns {Promise<number>} the bytes compared
 * @throws {Error} with the offset of the first byte that differs, is missing or is extra
 */
export async function checkFile(file, output, size) {
  const checker = new Checker(output, size);
  const reader = file.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    checker.take(value);
  }
  return checker.end();
}

/** Gathers chunks into blocks, because blocks compare word by word. */
class Checker {
  #output;
  #size;
  #expected;
  #got = new Uint8Array(BLOCK);
  #filled = 0;
  #checked = 0;

  constructor(output, size) {
    this.#output = output;
    this.#size = size;
    this.#expected = new Uint32Array(expectedBlock(output, 0).buffer);
  }

  take(chunk) {
    let at = 0;
    while (at < chunk.length) {
      const part = chunk.subarray(at, at + BLOCK - this.#filled);
      this.#got.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled === BLOCK) this.#compare();
    }
  }

  end() {
    this.#compare();
    if (this.#checked !== this.#size)
      throw new Error(`output ${this.#output} ends at byte ${this.#checked} of ${this.#size}`);
    return this.#checked;
  }

  #compare() {
    const block = this.#checked / BLOCK;
    this.#expected[2] = block;
    const words = new Uint32Array(this.#got.buffer, 0, this.#filled >> 2);
    let same = 0;
    while (same < words.length && words[same] === this.#expected[same]) same += 1;
    same *= 4;
    const bytes = new Uint8Array(this.#expected.buffer);
    while (same < this.#filled && this.#got[same] === bytes[same]) same += 1;
    const until = Math.min(this.#checked + same, this.#size);
    if (until < this.#checked + this.#filled)
      throw new Error(`output ${this.#output} differs at byte ${until} of ${this.#size}`);
    this.#checked += this.#filled;
    this.#filled = 0;
  }
}
