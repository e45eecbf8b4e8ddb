// Names of classes in minified code, which consoles show.

/**
 * Defined, not assigned: a tool that lowers `static name = …` to an assignment would break on the read-only property.
 * @param {Function} Class
 * @param {string} name
 */
export function nameClass(Class, name) {
  Object.defineProperty(Class, "name", { value: name, configurable: true });
}
