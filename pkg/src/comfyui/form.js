// The caller's form: its texts read, its files passed on to the server as they arrive. Multipart or url-encoded, held to the
// protocol's fields.

import { Fields, MASK } from "../route/form.js";
import { Refusal } from "../route/refusal.js";
import { joined } from "../route/scanner.js";
import { tooLarge } from "../route/upload.js";
import { anyForm } from "../route/urlencoded.js";

const MiB = 1024 * 1024;
/** A workflow, parameters, a mask: what is read as a whole. */
const MAX_WHOLE = 64 * MiB;

/**
 * @typedef {object} Form
 * @property {Map<string, string>} texts the fields that are texts, by name: the protocol's own, and keys that name a file of the server
 * @property {Map<string, import("./upload.js").Uploaded>} files what the files became on the server, by key
 * @property {Map<string, Uint8Array<ArrayBuffer>>} masks by the key of their picture
 */

/**
 * @param {Request} request
 * @param {import("./server.js").Call} call
 * @param {(file: { filename: string, type: string | undefined, content: AsyncGenerator<Uint8Array> }) =>
 *   Promise<import("./upload.js").Uploaded>} upload takes a file's content to its end
 * @returns {Promise<Form>}
 */
export async function readForm(request, { settings, ending }, upload) {
  /** @type {Form} */
  const form = { texts: new Map(), files: new Map(), masks: new Map() };
  const parts = new Parts(anyForm(request, settings, ending), ending);
  await readParts(parts, new Fields(settings.workflowApi), form, upload);
  return form;
}

async function readParts(parts, fields, form, upload) {
  for (let part = await parts.next(); part; part = await parts.next()) {
    const { name, filename } = part;
    const passed = fields.begins(part);
    const content = checked(parts.content(), fields);
    if (!passed) await wholeOf(content);
    else if (filename === undefined) form.texts.set(name, decoded(await wholeOf(content)));
    // A picture's mask is joined with it on the server, where the picture has to be first.
    else if (name.endsWith(MASK)) form.masks.set(name.slice(0, -MASK.length), await wholeOf(content));
    else form.files.set(name, await upload({ filename, type: part.type, content }));
  }
  if (parts.count === 0) throw new Refusal("invalid_body", "The form is empty.");
}

async function* checked(content, fields) {
  for await (const bytes of content) {
    fields.takes(bytes);
    yield bytes;
  }
}

/** The parts of a form, one after the other; the content of one has to be read before the next. */
class Parts {
  count = 0;
  #events;
  #ending;
  /** The part that was come upon while the content of the one before was read. */
  #ahead;

  constructor(events, ending) {
    this.#events = events;
    this.#ending = ending;
  }

  /** @returns {Promise<import("../route/multipart.js").Part | undefined>} undefined once the form has ended properly */
  async next() {
    for await (const _ of this.content());
    const part = this.#ahead;
    this.#ahead = undefined;
    if (part) this.count += 1;
    return part;
  }

  /** The rest of the present part's content. What is wrong with it ends the call, no matter what reads it. */
  async *content() {
    while (this.#ahead === undefined) {
      const { done, value } = await this.#event();
      if (done) return;
      if ("part" in value) this.#ahead = value.part;
      else yield value.data;
    }
  }

  async #event() {
    try {
      return await this.#events.next();
    } catch (error) {
      this.#ending.end(error);
      throw error;
    }
  }
}

async function wholeOf(content) {
  const pieces = [];
  let size = 0;
  for await (const bytes of content) {
    size += bytes.length;
    if (size > MAX_WHOLE) throw tooLarge(MAX_WHOLE);
    // The reader's own buffer is used again.
    pieces.push(bytes.slice());
  }
  return joined(...pieces);
}

function decoded(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal("invalid_body", "The form cannot be read: a text is not UTF-8.");
  }
}
