// The run as a program, in a tab for each language.

import { deployment } from "../deployment.js";
import { el, icon } from "../dom.js";
import { tabAfter } from "../tabs.js";
import { coloured } from "./colours.js";
import { curlFor } from "./curl.js";
import { javascriptFor } from "./javascript.js";
import { pythonFor } from "./python.js";
import { reactFor } from "./react.js";
import { terminalFor } from "./terminal.js";

/**
 * @typedef {object} Parts what a run sends, and where to
 * @property {string} workflowName what the workflow's file is called
 * @property {Record<string, any>} params
 * @property {boolean} sendWorkflow
 * @property {boolean} stream
 * @property {{ endpoint: string, links: boolean, address?: string } | null} [route] that of the page's own server
 * @property {{ kind: string, host: string } | null} [backend] what stands behind that server
 */

/** @type {{ name: string, language: "javascript" | "python" | "shell", write: (parts: Parts) => string }[]} */
const TABS = [
  { name: "JavaScript", language: "javascript", write: javascriptFor },
  { name: "React", language: "javascript", write: reactFor },
  { name: "curl", language: "shell", write: curlFor },
  { name: "Python", language: "python", write: pythonFor },
  { name: "Command line", language: "shell", write: terminalFor },
];

/** Builds the panel for these parts; `update(parts)` rewrites the code. */
export function createCodePanel(parts) {
  let chosen = 0;
  let present = placed(parts);
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
    const { name, language, write } = TABS[chosen];
    block.setAttribute("aria-label", name);
    code.replaceChildren(...coloured(write(present), language));
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

  show(0);
  const element = el("div", { class: "code-box" }, list, copyButton(code), block);
  return {
    element,
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
