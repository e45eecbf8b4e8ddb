// What `toJSON` of results and errors gives: data that JSON.stringify neither rounds nor throws at.

/**
 * A copy in which bigints are their digits as text, `NaN` and infinities null, and a file is its name, type and size.
 *
 * @param {any} value
 */
export function plainData(value) {
  if (typeof value === "bigint") return `${value}`;
  if (typeof value === "number" && !Number.isFinite(value)) return null;
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Blob) {
    const { name, type, size } = /** @type {File} */ (value);
    return { name, type, size };
  }
  if (typeof value.toJSON === "function") return value.toJSON();
  if (Array.isArray(value)) return value.map(plainData);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainData(item)]));
}
