// `findWorkflow` of the built package in Node: every kind of file, as a Blob, a File, bytes; what it reads, what it refuses.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { deflateSync } from "node:zlib";
import init, { findWorkflow, isViewComfyError } from "../../pkg/inspect-node.js";

const FOUND = new URL("../fixtures/found/", import.meta.url);
const read = (name) => new Uint8Array(readFileSync(new URL(name, FOUND)));
const text = (name) => readFileSync(new URL(name, FOUND), "utf8");
const PROMPT = text("prompt.json");
const WORKFLOW = text("workflow.json");
const KB = 1024;
const GB = 1024 ** 3;

const FORMATS = {
  png: "png",
  webp: "webp",
  avif: "avif",
  jpg: "jpeg",
  mp4: "mp4",
  mov: "mp4",
  webm: "matroska",
  mkv: "matroska",
  flac: "flac",
  opus: "ogg",
  mp3: "mp3",
  safetensors: "safetensors",
  glb: "glb",
  svg: "svg",
  json: "json",
};
const NOT_FOUND_IN = ["make.py", "none"];
const files = readdirSync(FOUND).filter((name) => !NOT_FOUND_IN.includes(name));

await init();

test("every kind of file gives both texts, however it is given", async () => {
  const kinds = new Set();
  for (const name of files) {
    const bytes = read(name);
    const beside = new Uint8Array(bytes.length + 20);
    beside.set(bytes, 7);
    const given = {
      bytes,
      "an ArrayBuffer": bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
      "a Blob": new Blob([bytes]),
      "a File": new File([bytes], "no-extension", { type: "text/plain" }),
      "part of a buffer": beside.subarray(7, 7 + bytes.length),
      "a DataView": new DataView(beside.buffer, 7, bytes.length),
    };
    for (const [kind, file] of Object.entries(given)) {
      const { format, prompt, workflow, bytesRead } = await findWorkflow(file);
      assert.equal(format, FORMATS[name.split(".").pop()], `${name} as ${kind}`);
      assert.equal(prompt?.json, name === "workflow.json" ? undefined : PROMPT, `${name} as ${kind}`);
      assert.equal(workflow?.json, name === "prompt.json" ? undefined : WORKFLOW, `${name} as ${kind}`);
      assert.ok(bytesRead > 0 && bytesRead <= bytes.length, `${name}: ${bytesRead} bytes read`);
      kinds.add(format);
    }
  }
  assert.equal(kinds.size, new Set(Object.values(FORMATS)).size);
});

test("what was found says where it was", async () => {
  assert.deepEqual(await findWorkflow(read("text.png")), {
    format: "png",
    prompt: { json: PROMPT, where: 'tEXt chunk "prompt"' },
    workflow: { json: WORKFLOW, where: 'iTXt chunk "workflow"' },
    parameters: null,
    bytesRead: read("text.png").length,
  });
  const { workflow } = await findWorkflow(read("prompt.json"));
  assert.equal(workflow, null);
});

test("files without a workflow give null", async () => {
  const plain = new URL("none/", FOUND);
  for (const name of readdirSync(plain).filter((name) => name !== "parameters.png")) {
    assert.equal(await findWorkflow(new Blob([readFileSync(new URL(name, plain))])), null, name);
  }
});

test("another program's settings are told apart from nothing", async () => {
  const file = readFileSync(new URL("../fixtures/cases/png_a1111.png", import.meta.url));
  const { prompt, workflow, parameters } = await findWorkflow(file);
  assert.deepEqual([prompt, workflow], [null, null]);
  assert.equal(parameters.generator, "a1111");
  assert.equal(parameters.where, 'tEXt chunk "parameters"');
  assert.match(parameters.text, /^a red fox\nNegative prompt: bad\nSteps: 20, /);
});

test("a damaged file is told apart from one without a workflow", async () => {
  for (const name of files) {
    const cut = read(name).subarray(0, 300);
    await assert.rejects(findWorkflow(cut), (error) => {
      assert.ok(isViewComfyError(error), `${error}`);
      assert.equal(error.code, "damaged_file", name);
      assert.equal(error.format, FORMATS[name.split(".").pop()]);
      assert.match(error.message, /damaged at byte \d+/);
      return true;
    });
  }
});

test("what is not a file is refused without being shown", async () => {
  for (const file of ["a secret text", 5, null, undefined, {}, [1, 2], new Map()]) {
    await assert.rejects(findWorkflow(file), (error) => {
      assert.equal(error.code, "invalid_param");
      assert.equal(error.key, "file");
      assert.doesNotMatch(error.message, /secret/);
      return true;
    });
  }
});

test("what reading a file throws goes on as it is", async () => {
  const cause = new DOMException("gone", "NotReadableError");
  const file = { size: 100, slice: () => ({ arrayBuffer: () => Promise.reject(cause) }), arrayBuffer() {} };
  await assert.rejects(findWorkflow(file), (error) => error === cause);
});

test("a file that has become shorter is damaged", async () => {
  const blob = new Blob([read("film.mp4").subarray(0, 1000)]);
  const file = { size: read("film.mp4").length, slice: (from, to) => blob.slice(from, to), arrayBuffer() {} };
  await assert.rejects(findWorkflow(file), { code: "damaged_file" });
});

/** Counts what is read of a Blob. */
function counted(blob) {
  const counts = { bytes: 0, size: blob.size, arrayBuffer() {} };
  counts.slice = (from, to) => {
    const part = blob.slice(from, to);
    counts.bytes += part.size;
    return part;
  };
  return counts;
}

/** A Blob of a gigabyte that takes no memory: one megabyte, many times. */
function gigabyte() {
  const megabyte = new Blob([new Uint8Array(KB * KB)]);
  return new Blob(Array(KB).fill(megabyte));
}

test("of a film of 1 GB with its index at the end at most 256 KB are read", async () => {
  const film = read("film.mp4");
  const index = film.subarray(Buffer.from(film).indexOf("moov") - 4);
  const media = new DataView(new ArrayBuffer(16));
  media.setUint32(0, 1);
  media.setUint32(4, 0x6d646174);
  media.setBigUint64(8, BigInt(GB + 16));
  const file = counted(new Blob([film.subarray(0, 32), media, gigabyte(), index]));
  assert.ok(file.size > GB);
  const found = await findWorkflow(file);
  assert.equal(found.prompt.json, PROMPT);
  assert.equal(found.workflow.json, WORKFLOW);
  assert.equal(found.bytesRead, file.bytes);
  assert.ok(file.bytes <= 256 * KB, `${file.bytes} bytes read`);
});

/** A PNG with one compressed text, of so many bytes. */
function pngWith(zlib) {
  const data = Buffer.concat([Buffer.from("zTXtprompt\0\0"), zlib]);
  const head = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length - 4);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(data));
  return Buffer.concat([head, length, data, checksum, Buffer.from("\0\0\0\0IEND\xaeB`\x82", "latin1")]);
}

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

test("a compressed text of more than 64 MB is refused, and a broken one", async () => {
  const fits = `{"1": "${" ".repeat(KB * KB)}"}`;
  assert.equal((await findWorkflow(pngWith(deflateSync(fits)))).prompt.json, fits);
  const tooLarge = deflateSync(Buffer.alloc(64 * KB * KB + 1, 0x20));
  assert.ok(tooLarge.length < 100 * KB);
  for (const zlib of [tooLarge, Buffer.from("no zlib"), deflateSync(fits).subarray(0, 500)]) {
    await assert.rejects(findWorkflow(pngWith(zlib)), { code: "damaged_file", format: "png" });
  }
});

test("many searches leave nothing behind", async () => {
  const files = Array.from({ length: 200 }, () => new Blob([read("film.mkv")]));
  const found = await Promise.all(files.map((file) => findWorkflow(file)));
  assert.ok(found.every(({ prompt }) => prompt.json === PROMPT));
});
