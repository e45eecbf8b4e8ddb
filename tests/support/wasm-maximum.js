// A wasm module whose memory cannot grow beyond a given size, so that tests can reach the limit that pages have at 4 GB.

const MEMORY_SECTION = 5;

/**
 * @param {Uint8Array} wasm a module with one memory of its own and no maximum
 * @param {number} more pages than it starts with
 */
export function withMaximum(wasm, more) {
  for (let at = 8; at < wasm.length; ) {
    const size = numberAt(wasm, at + 1);
    const end = size.end + size.value;
    if (wasm[at] !== MEMORY_SECTION) {
      at = end;
      continue;
    }
    const [count, flags] = wasm.subarray(size.end, size.end + 2);
    if (count !== 1 || flags !== 0) throw new Error("not one memory without a maximum");
    const minimum = numberAt(wasm, size.end + 2).value;
    const content = [1, 1, ...number(minimum), ...number(minimum + more)];
    return Buffer.concat([
      wasm.subarray(0, at + 1),
      Uint8Array.from([...number(content.length), ...content]),
      wasm.subarray(end),
    ]);
  }
  throw new Error("no memory section");
}

/** Unsigned LEB128. */
function numberAt(bytes, at) {
  let value = 0;
  let end = at;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[end++];
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return { value, end };
  }
}

function number(value) {
  const bytes = [];
  for (; value >= 0x80; value = Math.floor(value / 128)) bytes.push((value % 128) | 0x80);
  return [...bytes, value];
}
