// One run at a time, from the request to its end. Knows the client, not the page.

/**
 * @typedef {object} Heard what is told of a run
 * @property {(state: "sending" | "waiting" | "running") => void} state
 * @property {(line: string) => void} log
 * @property {(progress: import("viewcomfy-wasm").Progress) => void} progress
 * @property {(picture: Blob) => void} preview
 */

export class Run {
  #controller = new AbortController();
  #client = /** @type {import("viewcomfy-wasm").ViewComfyClient | null} */ (null);
  #promptId = null;
  #state = "";
  #heard;

  /** @param {Heard} heard */
  constructor(heard) {
    this.#heard = heard;
  }

  /**
   * @param {() => Promise<import("viewcomfy-wasm").ViewComfyClient>} makeClient
   * @param {object} request
   */
  async start(makeClient, request) {
    this.#move("sending");
    const { signal } = this.#controller;
    const client = await makeClient();
    signal.throwIfAborted();
    this.#client = client;
    return client.inferWithLogs({ ...request, ...this.#handlers(), signal });
  }

  /** Where the run has an id, leaving alone may not end it. */
  cancel() {
    this.#controller.abort();
    if (this.#promptId !== null) this.#client?.cancel(this.#promptId).catch(() => {});
  }

  #move(state) {
    if (this.#state === state) return;
    this.#state = state;
    this.#heard.state(state);
  }

  #handlers() {
    const { log, progress, preview } = this.#heard;
    return {
      onOpen: ({ promptId }) => (this.#promptId = promptId),
      onWaiting: () => this.#move("waiting"),
      onLog: (line) => {
        this.#move("running");
        log(line);
      },
      onProgress: progress,
      onPreview: preview,
    };
  }
}
