// What the route hands out and takes back: the id of a run and the reference of a file. They name the server and are signed,
// so that any instance of the route understands them, and nobody can ask for what the route did not hand out.

const encoder = new TextEncoder();
const ALGORITHM = { name: "HMAC", hash: "SHA-256" };
const TAG_LENGTH = 12;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** The kinds, signed along: an id is not a reference. */
const [RUN, FILE] = ["run", "file"];

/** @typedef {{ filename: string, subfolder: string, type: string }} StoredFile a file of a server, as ComfyUI names it */

export class Signer {
  #servers;
  #secret;
  /** Made with the first use, as workers may not wait while they start. */
  #ready;

  /**
   * @param {string | undefined} secret
   * @param {string[]} addresses the servers that there are
   */
  constructor(secret, addresses) {
    this.#servers = addresses;
    this.#secret = secret ?? `viewcomfy-wasm/comfyui ${[...addresses].sort().join(" ")}`;
  }

  /** @param {string} server its address */
  async runId(server, promptId) {
    const text = `${await this.#tagOf(server)}.${promptId}`;
    return `${text}.${await this.#signature(RUN, text)}`;
  }

  /** @returns {Promise<{ server: string, promptId: string } | undefined>} undefined for what was not made here */
  async readRunId(id) {
    const parts = id.split(".");
    if (parts.length !== 3 || !UUID.test(parts[1])) return undefined;
    const [tag, promptId, signature] = parts;
    const server = await this.#serverOf(tag);
    const known = server !== undefined && (await this.#isSigned(RUN, `${tag}.${promptId}`, signature));
    return known ? { server, promptId } : undefined;
  }

  /**
   * @param {string} server its address
   * @param {StoredFile} file
   */
  async reference(server, { filename, subfolder, type }) {
    const fields = [await this.#tagOf(server), filename, subfolder, type];
    const text = toBase64Url(encoder.encode(JSON.stringify(fields)));
    return `${text}.${await this.#signature(FILE, text)}`;
  }

  /** @returns {Promise<{ server: string, file: StoredFile } | undefined>} undefined for what was not made here */
  async readReference(reference) {
    const [text, signature, ...more] = reference.split(".");
    if (signature === undefined || more.length > 0 || !(await this.#isSigned(FILE, text, signature)))
      return undefined;
    const [tag, filename, subfolder, type] = JSON.parse(new TextDecoder().decode(fromBase64Url(text)));
    const server = await this.#serverOf(tag);
    return server === undefined ? undefined : { server, file: { filename, subfolder, type } };
  }

  async #signature(kind, text) {
    const { key } = await this.#made();
    return toBase64Url(new Uint8Array(await crypto.subtle.sign(ALGORITHM, key, signed(kind, text))));
  }

  async #isSigned(kind, text, signature) {
    const bytes = fromBase64Url(signature);
    const { key } = await this.#made();
    return bytes !== undefined && crypto.subtle.verify(ALGORITHM, key, bytes, signed(kind, text));
  }

  async #tagOf(server) {
    const { tags } = await this.#made();
    return tags.get(server);
  }

  async #serverOf(tag) {
    const { tags } = await this.#made();
    return this.#servers.find((server) => tags.get(server) === tag);
  }

  #made() {
    this.#ready ??= this.#make();
    return this.#ready;
  }

  async #make() {
    const secret = encoder.encode(this.#secret);
    const key = await crypto.subtle.importKey("raw", secret, ALGORITHM, false, ["sign", "verify"]);
    const tags = new Map();
    for (const server of this.#servers) {
      const digest = await crypto.subtle.digest("SHA-256", encoder.encode(server));
      tags.set(server, toBase64Url(new Uint8Array(digest)).slice(0, TAG_LENGTH));
    }
    return { key, tags };
  }
}

function signed(kind, text) {
  return encoder.encode(`${kind} ${text}`);
}

function toBase64Url(bytes) {
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** @returns {Uint8Array<ArrayBuffer> | undefined} undefined for what is not base64 */
function fromBase64Url(text) {
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) =>
      char.charCodeAt(0),
    );
  } catch {
    return undefined;
  }
}
