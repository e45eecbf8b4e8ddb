// What both tags are: an element with a shadow of its own that reads a workflow from an attribute or a property, when it is
// in a page (and, where `loading` is "lazy", near the window), and again when these change.

import { el } from "./dom.js";
import { failureCard } from "./failure.js";
import { loadInspector } from "./library.js";
import { readSource } from "./source.js";
import { wordsOf } from "./strings.js";
import { sheets } from "./styles.js";

/** Where there is no page, on a server, the tags can be imported and do nothing. @type {typeof HTMLElement} */
const Base = globalThis.HTMLElement ?? class {};

/** How far from the window a lazy tag begins to load. */
const NEAR = "300px";

export class WorkflowElement extends Base {
  static observedAttributes = ["src", "loading"];
  #workflow = null;
  #definitions = null;
  /** @type {Partial<import("viewcomfy-wasm/element").ElementStrings> | null} */
  #strings = null;
  #reading = /** @type {AbortController | null} */ (null);
  /** Ends the wait for a lazy tag to come near. */
  #watch = /** @type {IntersectionObserver | null} */ (null);
  #leaving = /** @type {any} */ (undefined);
  /** Whether what is shown is of the present source. @type {"stale" | "reading" | "shown"} */
  #state = "stale";
  /** Where the tag puts what it shows. */
  place = /** @type {any} */ (null);

  connectedCallback() {
    clearTimeout(this.#leaving);
    this.#prepare();
    if (this.#state === "stale") this.#readWhenNear();
  }

  /** A tag that is moved is put back at once; only one that stays away for a turn of the event loop is gone. */
  disconnectedCallback() {
    this.#leaving = setTimeout(() => this.#gone());
  }

  attributeChangedCallback(name, before, now) {
    if (before === now) return;
    if (name === "src") this.refresh();
    else if (this.place !== null && this.isConnected && this.#state === "stale") this.#readWhenNear();
  }

  get src() {
    return this.getAttribute("src") ?? "";
  }

  set src(address) {
    this.setAttribute("src", address);
  }

  get loading() {
    return this.getAttribute("loading") === "lazy" ? "lazy" : "eager";
  }

  set loading(when) {
    this.setAttribute("loading", when);
  }

  get workflow() {
    return this.#workflow;
  }

  set workflow(workflow) {
    if ((workflow ?? null) === this.#workflow) return;
    this.#workflow = workflow ?? null;
    this.refresh();
  }

  get definitions() {
    return this.#definitions;
  }

  set definitions(definitions) {
    if ((definitions ?? null) === this.#definitions) return;
    this.#definitions = definitions ?? null;
    this.refresh(true);
  }

  get strings() {
    return this.#strings ?? {};
  }

  set strings(strings) {
    // A framework may give the same words in a new object each time it draws.
    const isNew = JSON.stringify(strings ?? null) !== JSON.stringify(this.#strings);
    this.#strings = strings ?? null;
    if (isNew) this.refresh(true);
  }

  get words() {
    return wordsOf(this.#strings);
  }

  /**
   * What is shown is of an earlier source or in other words: it is made anew, once for several changes.
   *
   * @param {boolean} [_isSameSource] whether what somebody typed still counts
   */
  refresh(_isSameSource = false) {
    this.#stop();
    queueMicrotask(() => {
      if (this.isConnected && this.#state === "stale") this.#readWhenNear();
    });
  }

  #stop() {
    this.#watch?.disconnect();
    this.#reading?.abort();
    this.#state = "stale";
  }

  tell(type, detail, options = {}) {
    return this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true, ...options }));
  }

  /** A shadow, and the properties that a page set before this program was there. */
  #prepare() {
    if (this.place !== null) return;
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = sheets();
    this.place = el("div", { class: "place", part: "place" });
    root.append(this.place);
    for (const name of Object.keys(this)) {
      if (!(name in Object.getPrototypeOf(this))) continue;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
  }

  #gone() {
    if (this.isConnected) return;
    if (this.#state !== "shown") this.#stop();
    this.left();
  }

  #readWhenNear() {
    this.#watch?.disconnect();
    if (this.loading === "eager") {
      this.#read();
      return;
    }
    const watch = new IntersectionObserver(
      ([entry]) => {
        if (!entry.isIntersecting) return;
        watch.disconnect();
        this.#read();
      },
      { rootMargin: NEAR },
    );
    this.#watch = watch;
    watch.observe(this);
  }

  async #read() {
    const reading = new AbortController();
    this.#reading = reading;
    this.#state = "reading";
    const { words } = this;
    if (this.#workflow === null && this.src === "") {
      this.#show(el("p", { class: "blank" }, words.nothing));
      return;
    }
    this.place.replaceChildren(el("p", { class: "blank", role: "status" }, words.loading));
    try {
      const inspector = await loadInspector();
      const source = await readSource(inspector, this.src, this.#workflow, reading.signal);
      const shown = await this.made(inspector, source, words);
      if (reading.signal.aborted) return;
      this.#show(...shown.elements);
      this.arrived(shown);
    } catch (error) {
      if (reading.signal.aborted) return;
      this.#show(failureCard(error, words));
      this.tell("error", { error });
    }
  }

  #show(...elements) {
    this.#state = "shown";
    this.place.replaceChildren(...elements);
  }

  /** What a tag makes of a source: its `elements`, and whatever `arrived` needs. @returns {Promise<any>} */
  async made(_inspector, _source, _words) {
    return { elements: [] };
  }

  /** What was made is in the page. */
  arrived(_shown) {}

  /** The tag was taken away and not put back. */
  left() {}
}
