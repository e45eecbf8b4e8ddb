// Light, dark, or as the system says: set before the first paint, so this stands alone. The only thing the page stores.

const KEY = "theme";
/** In the order of the button. */
export const THEMES = ["system", "light", "dark"];

/** What the person chose. */
export function storedTheme() {
  try {
    const value = localStorage.getItem(KEY);
    return THEMES.includes(value) ? value : "system";
  } catch {
    // Storage is refused in some private windows; the page works without it.
    return "system";
  }
}

/** Keeps a choice, where that is possible. */
export function storeTheme(theme) {
  try {
    if (theme === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    return;
  }
}

/** Puts a theme on the page. */
export function applyTheme(theme) {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

applyTheme(storedTheme());
