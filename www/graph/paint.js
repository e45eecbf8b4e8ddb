// A drawing of the page as one that stands alone: what the style sheets say becomes attributes of each element.

const PAINTED = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-opacity",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "text-anchor",
];

/**
 * Gives each element below `root`, which must be in the document, the look that it has there. Elements of the same classes look
 * the same, so that each look is asked for once.
 */
export function paint(root) {
  const known = new Map();
  const walk = (element, path) => {
    const own = `${path}/${element.tagName}.${element.getAttribute("class") ?? ""}`;
    if (!known.has(own)) known.set(own, lookOf(element));
    for (const [name, value] of known.get(own))
      if (name !== "font-size" || !element.hasAttribute(name)) element.setAttribute(name, value);
    for (const child of element.children) walk(child, own);
  };
  walk(root, "");
}

function lookOf(element) {
  const style = getComputedStyle(element);
  const names = element.tagName === "text" ? PAINTED : PAINTED.filter((name) => !/^font|^text/.test(name));
  return names.map((name) => [name, style.getPropertyValue(name)]);
}
