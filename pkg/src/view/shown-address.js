// The address at which a file of a stranger is shown. An address that a page makes belongs to that page: a drawing that
// is opened there by itself, as a browser's menu offers, would run its scripts as the page's own.

const DOCUMENT = /^image\/svg\b|[/+]xml\b/i;
/** A larger drawing can only be saved. */
const LARGEST_DRAWING = 8 * 1024 * 1024;

/** Whether a browser makes a document of such a file, with its scripts. */
export function isDrawing({ type }) {
  return DOCUMENT.test(type);
}

/** To be given back by `URL.revokeObjectURL`. A drawing stands in its address itself, which is of no origin. */
export async function shownAddress(file) {
  if (!isDrawing(file)) return URL.createObjectURL(file);
  if (file.size > LARGEST_DRAWING) throw new Error("the drawing is too large to be shown");
  return dataAddress(file);
}

function dataAddress(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(/** @type {string} */ (reader.result)));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(file);
  });
}
