// Figures for people, in the language of the page.

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"];

/** A size as "1.2 MB". */
export function fileSize(bytes) {
  const power = Math.min(3, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  /** @type {Intl.NumberFormatOptions} */
  const options = { style: "unit", unit: UNITS[power], unitDisplay: "short", maximumFractionDigits: 1 };
  return (bytes / 1000 ** power).toLocaleString(document.documentElement.lang || undefined, options);
}
