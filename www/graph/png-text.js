// Texts in a PNG, as ComfyUI writes its workflow: tEXt chunks right behind the header.

const HEADER_END = 8 + 4 + 4 + 13 + 4;

const CRCS = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc;
});

function crcOf(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = CRCS[(crc ^ byte) & 255] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** The PNG with JSON texts under their keywords; null leaves one out. */
export function withTexts(png, texts) {
  const chunks = Object.entries(texts).flatMap(([keyword, json]) =>
    json === null ? [] : [chunk(keyword, json)],
  );
  return new Blob([png.subarray(0, HEADER_END), ...chunks, png.subarray(HEADER_END)], { type: "image/png" });
}

function chunk(keyword, json) {
  const data = new TextEncoder().encode(`tEXt${keyword}\0${asciiJson(json)}`);
  const bytes = new Uint8Array(data.length + 8);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length - 4);
  bytes.set(data, 4);
  view.setUint32(data.length + 4, crcOf(data));
  return bytes;
}

/** JSON in ASCII, which is the same in the chunk's Latin-1: other characters are only in texts, where an escape may stand. */
function asciiJson(json) {
  return json.replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
