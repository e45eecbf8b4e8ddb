// A client of the WebDriver protocol (https://www.w3.org/TR/webdriver2/), as much of it as the tests need.

/**
 * Opens a browser.
 *
 * @param {string} driver address of the WebDriver server
 * @param {object} capabilities
 */
export async function startSession(driver, capabilities) {
  const { sessionId } = await call(driver, "POST", "/session", {
    capabilities: { alwaysMatch: capabilities },
  });
  const url = `${driver}/session/${sessionId}`;
  return new Session(url, await call(url, "GET", "/window"));
}

/** Windows of one browser. A command goes to the window that was chosen last, so they go out one after the other. */
class Session {
  #url;
  #last = Promise.resolve();
  /** The window that the browser came with. New ones are opened from it, so it stays. */
  #first;
  #window;

  constructor(url, first) {
    this.#url = url;
    this.#first = first;
    this.#window = first;
  }

  /** A new window. @returns {Promise<string>} its handle */
  async open() {
    const { handle } = await this.#in(this.#first, "POST", "/window/new", { type: "window" });
    return handle;
  }

  /** Closes a window. */
  async close(window) {
    await this.#in(window, "DELETE", "/window");
    this.#window = undefined;
  }

  /** Minimizes a window. */
  minimize(window) {
    return this.#in(window, "POST", "/window/minimize", {});
  }

  /** Shows it again: whoever gives it a place does. */
  restore(window) {
    return this.#in(window, "POST", "/window/rect", { x: 0, y: 0 });
  }

  /** Loads a page and waits for it. */
  load(window, url) {
    return this.#in(window, "POST", "/url", { url });
  }

  /** What the script, a function's body, returns. */
  run(window, script, args) {
    return this.#in(window, "POST", "/execute/sync", { script, args });
  }

  /** Presses an element that a script has returned. */
  click(window, element) {
    return this.#in(window, "POST", `/element/${idOf(element)}/click`, {});
  }

  /** Makes a field empty. */
  clear(window, element) {
    return this.#in(window, "POST", `/element/${idOf(element)}/clear`, {});
  }

  /** Types on an element. */
  type(window, element, text) {
    return this.#in(window, "POST", `/element/${idOf(element)}/value`, { text });
  }

  /** Ends the browser. */
  end() {
    return this.#inTurn(() => this.#call("DELETE", ""));
  }

  #in(window, method, path, body) {
    return this.#inTurn(async () => {
      await this.#choose(window);
      return this.#call(method, path, body);
    });
  }

  async #choose(window) {
    if (this.#window === window) return;
    await this.#call("POST", "/window", { handle: window });
    this.#window = window;
  }

  #inTurn(work) {
    const done = this.#last.then(work);
    this.#last = done.catch(() => {});
    return done;
  }

  #call(method, path, body) {
    return call(this.#url, method, path, body);
  }
}

/** An element travels as an object with one property, whose name the protocol lays down. */
function idOf(element) {
  return Object.values(element)[0];
}

async function call(base, method, path, body) {
  const answer = await fetch(base + path, { method, ...(body && { body: JSON.stringify(body) }) });
  const { value } = await answer.json();
  if (answer.ok) return value;
  throw new Error(
    `WebDriver: ${method} ${path.replace(/^\/session\/[^/]+/, "")}: ${value.error}: ${value.message}`,
  );
}
