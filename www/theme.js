// The theme's button: each press goes to the next theme.

import { byId, icon } from "./dom.js";
import { applyTheme, storedTheme, storeTheme, THEMES } from "./theme-early.js";

const LOOKS = {
  system: { icon: "system", label: "Theme: follow the system" },
  light: { icon: "sun", label: "Theme: light" },
  dark: { icon: "moon", label: "Theme: dark" },
};

/** Wires the button. */
export function setUpTheme() {
  const button = byId("theme");
  const show = (theme) => {
    button.replaceChildren(icon(LOOKS[theme].icon));
    button.setAttribute("aria-label", LOOKS[theme].label);
    button.title = LOOKS[theme].label;
  };
  show(storedTheme());
  button.addEventListener("click", () => {
    const next = THEMES[(THEMES.indexOf(storedTheme()) + 1) % THEMES.length];
    storeTheme(next);
    applyTheme(next);
    show(next);
  });
}
