// Light, dark, or as the system says. The only thing this page stores.

import { byId, icon } from "./dom.js";

const KEY = "theme";
const ORDER = ["system", "light", "dark"];
const LOOKS = {
  system: { icon: "system", label: "Theme: follow the system" },
  light: { icon: "sun", label: "Theme: light" },
  dark: { icon: "moon", label: "Theme: dark" },
};

function stored() {
  try {
    const value = localStorage.getItem(KEY);
    return ORDER.includes(value) ? value : "system";
  } catch {
    // Storage is refused in some private windows; the page works without it.
    return "system";
  }
}

function store(theme) {
  try {
    if (theme === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    return;
  }
}

function apply(theme) {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

// At once, before the first paint; the button comes when the page is there.
apply(stored());

/** Wires the theme button: each press goes to the next theme. */
export function setUpTheme() {
  const button = byId("theme");
  const show = (theme) => {
    button.replaceChildren(icon(LOOKS[theme].icon));
    button.setAttribute("aria-label", LOOKS[theme].label);
    button.title = LOOKS[theme].label;
  };
  show(stored());
  button.addEventListener("click", () => {
    const next = ORDER[(ORDER.indexOf(stored()) + 1) % ORDER.length];
    store(next);
    apply(next);
    show(next);
  });
}
