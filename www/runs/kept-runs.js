// The runs that this browser keeps: what each was made of and what it made, bounded, newest first. Holds no secret.

import { MOST_BYTES, overflow } from "./bounds.js";
import { openStore } from "./store.js";

/**
 * @typedef {object} KeptRun
 * @property {string} id
 * @property {string | null} promptId the run's id at the service, where it has one
 * @property {string} endpoint where it ran
 * @property {string} name the workflow's
 * @property {number} at when it began, in milliseconds since 1970
 * @property {"running" | "done" | "failed" | "cancelled" | "lost"} state
 * @property {number | null} seconds how long it took
 * @property {{ label: string, value: string }[]} seeds those it used
 * @property {{ filename: string, contentType: string, size: number | null, url: string | null }[]} outputs
 * @property {Blob | null} picture a small one of its first output
 * @property {number} bytes what is kept of it
 */

/**
 * @typedef {object} RunContents
 * @property {string} id
 * @property {Record<string, any> | null} values what was sent, seeds filled in
 * @property {string | null} workflow the text that the values belong to
 * @property {string | null} prompt the workflow as it ran
 * @property {(Blob | null)[]} files those of `outputs`, in their order
 */

/** Makes the list. `onChange()` is called whenever it is another. */
export function createKeptRuns({ onChange }) {
  /** @type {KeptRun[]} */
  let runs = [];
  let trouble = "";
  const opening = openStore();
  const ready = read();

  async function read() {
    const store = await opening;
    runs = (await store.list()).sort((a, b) => b.at - a.at);
    if (!store.lasting) trouble = "This browser keeps nothing for this page: the list ends with it.";
    onChange();
  }

  /** Keeps a run, in place of what was kept of it, and makes room for it. */
  async function keep(run, contents) {
    const store = await opening;
    const whole = { ...run, bytes: contents ? bytesOf(contents) : run.bytes };
    const tooLarge = whole.bytes > MOST_BYTES;
    if (tooLarge || !(await tried(store, whole, contents))) {
      trouble = tooLarge
        ? `The outputs of ${run.name} are too large to be kept.`
        : "The browser did not keep the outputs of this run: it has no room for them, or none for this page.";
      await tried(store, { ...run, bytes: 0 }, contents && { ...contents, files: [] });
    }
    await read();
    const leaving = overflow(runs);
    if (leaving.length === 0) return;
    await store.remove(leaving).catch(() => {});
    await read();
  }

  async function tried(store, run, contents) {
    try {
      await store.put(run, contents);
      return true;
    } catch {
      return false;
    }
  }

  return {
    ready,
    list: () => runs,
    /** What is wrong with keeping, as a sentence; empty when all is well. */
    trouble: () => trouble,
    keep,
    /** @param {string} id @returns {Promise<RunContents | undefined>} */
    contents: async (id) => (await opening).contents(id).catch(() => undefined),
    /** @param {string} id @param {Partial<KeptRun>} facts */
    async mark(id, facts) {
      const run = runs.find((candidate) => candidate.id === id);
      if (run) await keep({ ...run, ...facts }, undefined);
    },
    /** @param {string[]} ids */
    async remove(ids) {
      await (await opening).remove(ids).catch(() => {});
      trouble = "";
      await read();
    },
    read,
  };
}

/** @param {RunContents} contents */
function bytesOf({ values, workflow, prompt, files }) {
  const inputs = Object.values(values ?? {}).flatMap((value) => [value, value?.image, value?.mask]);
  const blobs = [...files, ...inputs].filter((part) => part instanceof Blob);
  const texts = [workflow, prompt].map((text) => text?.length ?? 0);
  return blobs.reduce((sum, blob) => sum + blob.size, texts[0] + texts[1]);
}
