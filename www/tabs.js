// Tabs: one panel in view at a time, arrow keys between the tabs. A panel that is not in view is out of the document.

import { el } from "./dom.js";

/**
 * Builds tabs from `[{ id, label, counted, panel() }]`, where `panel()` makes the content when the tab is first shown.
 * `onShow(id)` is called after each change.
 */
export function createTabs({ label, tabs, onShow }) {
  const made = new Map();
  let active = "";
  const buttons = tabs.map((tab) =>
    el(
      "button",
      {
        type: "button",
        role: "tab",
        id: `tab-${tab.id}`,
        class: "tab",
        "aria-selected": "false",
        "aria-controls": "panel",
        tabindex: "-1",
        on: { click: () => show(tab.id) },
      },
      el("span", {}, tab.label),
      tab.counted && [" ", el("span", { class: "tab-count" })],
    ),
  );
  const list = el(
    "div",
    { class: "tabs", role: "tablist", "aria-label": label, on: { keydown: moved } },
    buttons,
  );
  const panel = el("div", { id: "panel", class: "panel", role: "tabpanel", "aria-labelledby": "" });

  function moved(event) {
    const at = tabs.findIndex((tab) => tab.id === active);
    const next = tabAfter(event.key, at, tabs.length);
    if (next === undefined) return;
    event.preventDefault();
    show(tabs[next].id);
    buttons[next].focus();
  }

  function show(id) {
    if (active === id) return;
    active = id;
    for (const [at, tab] of tabs.entries()) {
      const chosen = tab.id === id;
      buttons[at].setAttribute("aria-selected", String(chosen));
      buttons[at].tabIndex = chosen ? 0 : -1;
      if (chosen && !made.has(id)) made.set(id, tab.panel());
    }
    panel.setAttribute("aria-labelledby", `tab-${id}`);
    panel.replaceChildren(made.get(id));
    onShow(id);
  }

  /** Puts another content in a tab's place, in view or not. */
  function replace(id, content) {
    made.set(id, content);
    if (active === id) panel.replaceChildren(content);
  }

  /** Has a tab rebuilt when it is next shown; at once when it is in view. */
  function forget(id) {
    made.delete(id);
    if (active !== id) return;
    active = "";
    show(id);
  }

  function setCount(id, text, grave) {
    const badge = buttons[tabs.findIndex((tab) => tab.id === id)].lastElementChild;
    badge.textContent = text;
    badge.classList.toggle("grave", grave);
  }

  return { list, panel, show, replace, forget, setCount, active: () => active };
}

/** Which of so many tabs a key leads to from the one at `at`; undefined for other keys. */
export function tabAfter(key, at, count) {
  const last = count - 1;
  return {
    ArrowRight: at === last ? 0 : at + 1,
    ArrowLeft: at === 0 ? last : at - 1,
    Home: 0,
    End: last,
  }[key];
}
