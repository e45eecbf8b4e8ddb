// A workflow as the fragment of an address: deflated, in the alphabet of addresses. Browsers send no fragment to a server.

/** What the fragment of a link begins with. */
export const PREFIX = "#workflow=";

/** Longer links are cut by chats and mail programs, and not taken by some browsers. */
export const MAX_LINK = 60_000;
/** A link is a stranger's: it is read so far. */
const MAX_READ = 200_000;
const MAX_INFLATED = 8 * 1024 * 1024;
const MAX_NAME = 120;

/** The fragment for a workflow's text; null where the link would be longer than {@link MAX_LINK}. */
export async function fragmentOf(text, name) {
  const bytes = new TextEncoder().encode(text);
  const packed = await through(new CompressionStream("deflate-raw"), bytes, MAX_LINK).catch((error) => {
    if (error instanceof TooMuch) return null;
    throw error;
  });
  if (packed === null) return null;
  const fragment = `${PREFIX}${base64Url(packed)}&name=${encodeURIComponent(name.slice(0, MAX_NAME))}`;
  return fragment.length > MAX_LINK ? null : fragment;
}

/** `{ name, text }` of a fragment. Throws an error whose message is for a person. */
export async function readFragment(fragment) {
  if (fragment.length > MAX_READ) throw new Error("The link is longer than any that this page makes.");
  const [data, ...rest] = fragment.slice(PREFIX.length).split("&");
  const bytes = bytesOf(data);
  const text = new TextDecoder("utf-8", { fatal: true });
  try {
    const inflated = await through(new DecompressionStream("deflate-raw"), bytes, MAX_INFLATED);
    return { name: nameOf(rest), text: text.decode(inflated) };
  } catch (error) {
    if (error instanceof TooMuch)
      throw new Error("What the link holds is larger than 8 MB, which no shared workflow is.");
    throw new Error("The link is damaged: a part of it may be missing. Ask for it again, or for the file.");
  }
}

class TooMuch extends Error {}

/** What comes out of a stream, of which at most `most` bytes are taken. */
async function through(stream, bytes, most) {
  const writer = stream.writable.getWriter();
  // What goes wrong shows at the reader.
  writer.write(bytes).catch(() => {});
  writer.close().catch(() => {});
  const reader = stream.readable.getReader();
  const parts = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(await new Blob(parts).arrayBuffer());
    size += value.length;
    if (size > most) {
      reader.cancel().catch(() => {});
      throw new TooMuch();
    }
    parts.push(value);
  }
}

/** In pieces: an argument list has an end. */
function base64Url(bytes) {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function bytesOf(data) {
  try {
    const binary = atob(data.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    throw new Error("The link is damaged: it has characters that no link of this page has.");
  }
}

function nameOf(parts) {
  const encoded = parts.find((part) => part.startsWith("name="))?.slice("name=".length) ?? "";
  try {
    return decodeURIComponent(encoded).slice(0, MAX_NAME) || "Shared workflow";
  } catch {
    return "Shared workflow";
  }
}
