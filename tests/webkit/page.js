// A page of WebKitGTK as the tests call it: the few of Playwright's calls that a test of the API needs.

const POLL_MS = 10;

export class Page {
  #session;
  #window;
  #url;
  #calls = 0;
  #closed = false;

  constructor(session, window) {
    this.#session = session;
    this.#window = window;
  }

  /** Loads a page. */
  async goto(url) {
    this.#url = url;
    await this.#session.load(this.#window, url);
  }

  /** Loads it again. */
  reload() {
    return this.goto(this.#url);
  }

  /** Closes the window, unless it is closed. */
  async close() {
    if (this.#closed) return;
    this.#closed = true;
    await this.#session.close(this.#window);
  }

  /** Minimizes the window, which hides the page. */
  minimize() {
    return this.#session.minimize(this.#window);
  }

  /** Shows it again. */
  restore() {
    return this.#session.restore(this.#window);
  }

  /** Resolves after a while. */
  waitForTimeout(ms) {
    return new Promise((resolve) => setTimeout(resolve, ms));
  }

  /** Runs a function in the page, with what it is given and what it returns as JSON. */
  async evaluate(work, argument) {
    this.#calls += 1;
    const name = `call${this.#calls}`;
    await this.#session.run(this.#window, begin(work), [name, argument ?? null]);
    // A command that waits would hold up every other one of the browser, so the outcome is asked for again and again.
    for (;;) {
      const outcome = await this.#session.run(this.#window, END, [name]);
      if (outcome !== null) return unpacked(JSON.parse(outcome));
      await this.waitForTimeout(POLL_MS);
    }
  }
}

const begin = (work) => `
  const [name, argument] = arguments;
  const calls = (globalThis.callsOfTests ??= {});
  const told = (outcome) => {
    calls[name] = JSON.stringify(outcome);
  };
  const failed = (error) => told({ error: { text: String(error), stack: error?.stack } });
  Promise.resolve(argument).then(${work}).then((value) => told({ value })).catch(failed);
`;

const END = `
  const [name] = arguments;
  const outcome = globalThis.callsOfTests?.[name] ?? null;
  if (outcome !== null) delete globalThis.callsOfTests[name];
  return outcome;
`;

function unpacked({ value, error }) {
  if (!error) return value;
  throw new Error(`in the page: ${error.text}\n${error.stack ?? ""}`);
}
