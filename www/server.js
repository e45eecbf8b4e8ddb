// What a ComfyUI server knows, given as its address or as a file: kept for every workflow until it is taken away.

import { announce } from "./announce.js";
import { el, icon, iconButton } from "./dom.js";
import { readDefinitions } from "./reading.js";

/** Makes the store and its card. `onChange(definitions)` gets `{ name, value }` or null; `pick()` opens the file picker. */
export function createServer({ onChange, pick }) {
  let known = null;
  const element = el("section", { class: "card server", "aria-label": "Checked against" });
  const address = el("input", {
    id: "server-address",
    class: "field",
    type: "url",
    inputmode: "url",
    placeholder: "http://127.0.0.1:8188",
    autocomplete: "off",
    spellcheck: "false",
  });
  const ask = el("button", { type: "submit", class: "button" }, "Ask");
  const trouble = el("div", { class: "server-trouble", role: "alert" });
  const form = el(
    "form",
    { class: "server-form", novalidate: true, on: { submit: asked } },
    el("label", { for: "server-address" }, "Address of a ComfyUI server"),
    el("div", { class: "server-ask" }, address, ask),
    trouble,
    el(
      "p",
      { class: "muted" },
      "Or save ",
      el("code", {}, "/object_info"),
      " of one as a file and ",
      el("button", { type: "button", class: "text-button", on: { click: pick } }, "choose it"),
      ", or drop it anywhere here.",
    ),
  );
  render();

  function render() {
    element.replaceChildren(known ? summary() : invitation());
  }

  function summary() {
    return el(
      "div",
      { class: "server-known" },
      icon("server"),
      el(
        "p",
        {},
        "Checked against ",
        el("b", {}, known.name),
        el("span", { class: "muted" }, ` · ${known.value.size.toLocaleString("en")} classes`),
        unreadableWords(known.value) && el("span", { class: "muted" }, `. ${unreadableWords(known.value)}`),
      ),
      iconButton("close", "Check against ComfyUI’s own nodes", () => set(null)),
    );
  }

  function invitation() {
    return el(
      "details",
      {},
      el(
        "summary",
        {},
        icon("server"),
        el("span", { class: "server-words" }, "Checked against ComfyUI’s own nodes"),
        el("span", { class: "more" }, "Check against a server"),
      ),
      form,
    );
  }

  /** Asks the page's own server for what the ComfyUI behind it knows. */
  async function load({ definitions: at, host }) {
    const told = `Start ComfyUI at ${host}, then reload this page.`;
    try {
      const response = await fetch(at);
      if (!response.ok) return showTrouble("ComfyUI does not respond.", told);
      const { definitions } = await readDefinitions(host, await response.text());
      set({ name: host, value: definitions });
    } catch (error) {
      showTrouble("ComfyUI’s definitions could not be read.", String(error?.message ?? error));
    }
  }

  async function asked(event) {
    event.preventDefault();
    const base = addressOf(address.value);
    if (base === null) {
      showTrouble("That is not an address.", "It looks like http://127.0.0.1:8188.");
      return;
    }
    trouble.replaceChildren();
    ask.disabled = true;
    ask.textContent = "Asking …";
    try {
      await take(base);
    } finally {
      ask.disabled = false;
      ask.textContent = "Ask";
    }
  }

  async function take(base) {
    let response;
    try {
      response = await fetch(`${base}/object_info`);
    } catch {
      unreachable(base);
      return;
    }
    if (!response.ok) {
      showTrouble(
        `The server responded with ${response.status}.`,
        "Is this a ComfyUI server? Its address ends with the port, often 8188.",
      );
      return;
    }
    try {
      const { definitions } = await readDefinitions(base, await response.text());
      set({ name: new URL(base).host, value: definitions });
    } catch (error) {
      showTrouble("The response is not a ComfyUI server's object_info.", String(error?.message ?? error));
    }
  }

  /** A browser does not tell a page why; so both reasons and both ways out are said. */
  function unreachable(base) {
    const mixed = location.protocol === "https:" && base.startsWith("http:") && !isHere(base);
    showTrouble(
      `${base} cannot be read from this page.`,
      mixed
        ? "This page came over https and may not ask an http address. Save the response as a file instead."
        : "Either nothing runs there, or the server does not allow other pages to read it (CORS). Start ComfyUI with:",
      mixed ? null : `python main.py --enable-cors-header ${location.origin}`,
      `${base}/object_info`,
    );
  }

  function showTrouble(title, text, command = null, file = null) {
    trouble.replaceChildren(
      el("p", { class: "server-title" }, title),
      el("p", {}, text),
      ...(command ? [el("pre", { class: "mono", tabindex: "0", "aria-label": "Command" }, command)] : []),
      ...(file
        ? [
            el(
              "p",
              {},
              "Or open ",
              el("a", { href: file, target: "_blank", rel: "noreferrer" }, file),
              ", save it, and drop the file here.",
            ),
          ]
        : []),
    );
  }

  function set(next) {
    known = next;
    trouble.replaceChildren();
    render();
    onChange(known);
    announce(known ? `Checked against ${known.name}.` : "Checked against ComfyUI’s own nodes.");
  }

  return { element, set, load, get: () => known };
}

const MAX_NAMES = 5;

/** What is said of classes whose definitions have an odd shape; nothing where there are none. */
export function unreadableWords({ unreadable }) {
  if (unreadable.length === 0) return "";
  const names = unreadable.slice(0, MAX_NAMES).join(", ");
  const more = unreadable.length > MAX_NAMES ? ` and ${unreadable.length - MAX_NAMES} more` : "";
  return `The server's definitions of these classes cannot be read, so their nodes are not checked: ${names}${more}.`;
}

/** Browsers let a page that came over https ask this machine itself. */
function isHere(base) {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(base).hostname);
}

/** The address without what follows the host and path: "127.0.0.1:8188/" → "http://127.0.0.1:8188". Null when it is none. */
function addressOf(text) {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  try {
    const url = new URL(/^https?:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`);
    return (url.origin + url.pathname).replace(/\/(object_info)?\/?$/, "");
  } catch {
    return null;
  }
}
