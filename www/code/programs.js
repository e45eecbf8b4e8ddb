// The run as a program, in a tab for each language.

import { deployment } from "../deployment.js";
import { el, icon } from "../dom.js";
import { tabAfter } from "../tabs.js";
import { coloured } from "./colours.js";
import { curlFor } from "./curl.js";
import { htmlFor } from "./html.js";
import { javascriptFor } from "./javascript.js";
import { pythonFor } from "./python.js";
import { reactFor } from "./react.js";
import { tagParts } from "./tag-parts.js";
import { terminalFor } from "./terminal.js";

/**
 * @typedef {object} Parts what a run sends, and where to
 * @property {string} workflowName what the workflow's file is called
 * @property {Record<string, any>} params
 * @property {boolean} sendWorkflow
 * @property {boolean} stream
 * @property {{ endpoint: string, links: boolean, address?: string } | null} [route] that of the page's own server
 * @property {{ kind: string, host: string } | null} [backend] what stands behind that server
 * @property {any} [session] what lies open
 * @property {import("./tag-parts.js").TagParts | null} [tags] what the tags are given of it
 */

/**
 * @typedef {object} Tab
 * @property {string} name
 * @property {keyof typeof import("./colours.js").TOKENS} language
 * @property {(parts: Parts) => string} write
 * @property {boolean} [isShown] whether it can be seen at work as well
 */

/** @type {Tab[]} */
const TABS = [
  { name: "JavaScript", language: "javascript", write: javascriptFor },
  { name: "React", language: "javascript", write: reactFor },
  { name: "HTML", language: "html", write: htmlFor, isShown: true },
  { name: "curl", language: "shell", write: curlFor },
  { name: "Python", language: "python", write: pythonFor },
  { name: "Command line", language: "shell", write: terminalFor },
];

/** Builds the panel for these parts; `update(parts)` rewrites the code. */
export function createCodePanel(parts) {
  let chosen = 0;
  let present = placed(parts);
  /** @type {ReturnType<typeof import("./preview.js").createPreview> | null} */
  let preview = null;
  const code = el("code");
  const block = el("pre", { id: "code-panel", class: "code mono", role: "tabpanel", tabindex: "0" }, code);
  const buttons = TABS.map(({ name }, at) =>
    el(
      "button",
      {
        type: "button",
        role: "tab",
        class: "tab",
        "aria-controls": "code-panel",
        on: { click: () => show(at) },
      },
      name,
    ),
  );
  const list = el(
    "div",
    { class: "tabs code-tabs", role: "tablist", "aria-label": "Language", on: { keydown: moved } },
    buttons,
  );

  function write() {
    const { name, language, write, isShown = false } = TABS[chosen];
    block.setAttribute("aria-label", name);
    if (isShown) present.tags ??= present.session && tagParts(present.session);
    code.replaceChildren(...coloured(write(present), language));
    if (preview) preview.element.hidden = !isShown;
    if (isShown) showPreview();
  }

  /** Under the lines, the same at work. */
  async function showPreview() {
    const { createPreview } = await import("./preview.js");
    if (preview === null) {
      preview = createPreview();
      preview.element.hidden = !TABS[chosen].isShown;
      element.append(preview.element);
    }
    if (TABS[chosen].isShown) preview.show(present);
  }

  function show(at) {
    chosen = at;
    for (const [index, button] of buttons.entries()) {
      button.setAttribute("aria-selected", String(index === at));
      button.tabIndex = index === at ? 0 : -1;
    }
    write();
  }

  function moved(event) {
    const to = tabAfter(event.key, chosen, TABS.length);
    if (to === undefined) return;
    event.preventDefault();
    show(to);
    buttons[to].focus();
  }

  const element = el("div", { class: "code-box" }, list, copyButton(code), block);
  show(0);
  return {
    element,
    isRunning: () => preview?.isRunning() ?? false,
    update(parts) {
      present = placed(parts);
      write();
    },
  };
}

/**
 * With what only this page knows: its address, and what its server stands in front of.
 *
 * @param {Parts} parts
 * @returns {Parts}
 */
function placed(parts) {
  const { route = null } = parts;
  const address = route ? new URL(route.endpoint, location.href).href : undefined;
  return { ...parts, route: route && { ...route, address }, backend: deployment };
}

function copyButton(code) {
  const words = el("span", { "aria-live": "polite" }, "Copy");
  async function copy() {
    try {
      await navigator.clipboard.writeText(code.textContent);
      words.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(code);
      words.textContent = "Selected: copy it";
    }
    setTimeout(() => (words.textContent = "Copy"), 2000);
  }
  return el(
    "button",
    { type: "button", class: "button small copy", on: { click: copy } },
    icon("copy"),
    words,
  );
}
