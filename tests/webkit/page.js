// A page of WebKitGTK as the tests call it: the few of Playwright's calls that they need in this engine.

const POLL_MS = 10;
/** How WebDriver writes keys that are no text: https://www.w3.org/TR/webdriver2/#keyboard-actions */
const KEYS = { Enter: "\uE007", Escape: "\uE00C" };

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

  /** Presses what the selector finds, in whichever shadow tree, as a mouse does. */
  async click(selector) {
    await this.#session.click(this.#window, await this.#found(selector));
  }

  /** Types a text into a field, in place of what it has. */
  async fill(selector, text) {
    const element = await this.#found(selector);
    await this.#session.clear(this.#window, element);
    await this.#session.type(this.#window, element, text);
  }

  /** Presses a key on what the selector finds. */
  async press(selector, key) {
    await this.#session.type(this.#window, await this.#found(selector), KEYS[key] ?? key);
  }

  /** Waits until it is there. */
  async #found(selector) {
    for (;;) {
      const element = await this.#session.run(this.#window, FIND, [selector]);
      if (element !== null) return element;
      await this.waitForTimeout(POLL_MS);
    }
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

const FIND = `
  const [selector] = arguments;
  const find = (root) => {
    const trees = [...root.querySelectorAll("*")].flatMap(({ shadowRoot }) => shadowRoot ?? []);
    return trees.reduce((found, tree) => found ?? find(tree), root.querySelector(selector));
  };
  return find(document);
`;

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
