// Builds elements, for the tags and for the page. Text always goes in as text: nothing here parses HTML.

const SVG = "http://www.w3.org/2000/svg";

/**
 * Makes an element. `on` holds listeners, `dataset` data attributes; a value of false, null or undefined
 * leaves an attribute out and true sets it empty.
 *
 * @returns {any}
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) setProp(node, name, value);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function setProp(node, name, value) {
  if (value === false || value === null || value === undefined) return;
  if (name === "on") {
    for (const [type, listener] of Object.entries(value)) node.addEventListener(type, listener);
  } else if (name === "dataset") {
    Object.assign(node.dataset, value);
  } else if (name === "value" || name === "checked") {
    node[name] = value;
  } else {
    node.setAttribute(name, value === true ? "" : String(value));
  }
}

/** Makes an SVG element; false, null and undefined leave an attribute out. @returns {any} */
export function svg(tag, props = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(props)) {
    if (value !== false && value !== null && value !== undefined) node.setAttribute(name, String(value));
  }
  node.append(...children.flat().filter(Boolean));
  return node;
}

/** An address where it is one of the web, or null: what a stranger wrote cannot smuggle in another kind. */
export function webAddress(address, base) {
  if (!URL.canParse(address, base)) return null;
  const { protocol, href } = new URL(address, base);
  return protocol === "https:" || protocol === "http:" ? href : null;
}
