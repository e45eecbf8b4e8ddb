// Builds elements. Text always goes in as text: nothing in the page or in the tags parses HTML. And which addresses go in.

const SVG = "http://www.w3.org/2000/svg";

/**
 * Makes an element. `on` holds listeners, `dataset` data attributes; a value of false, null or undefined leaves an attribute
 * out and true sets it empty.
 *
 * @returns {any}
 */
export function el(tag, props = {}, ...children) {
  const node = setProps(document.createElement(tag), props);
  node.append(...children.flat().filter(isThere));
  return node;
}

/** Gives an element more of what `el` takes. @returns {any} the element */
export function setProps(node, props) {
  for (const [name, value] of Object.entries(props)) setProp(node, name, value);
  return node;
}

function setProp(node, name, value) {
  if (!isThere(value)) return;
  if (name === "on") {
    for (const [type, listener] of Object.entries(value)) node.addEventListener(type, listener);
  } else if (name === "dataset") {
    Object.assign(node.dataset, value);
  } else if (name === "value" && "defaultValue" in node) {
    // As a document has it: a value that is set later moves the selection, with an event for each of thousands of fields.
    node.defaultValue = value;
  } else if (name === "value" || name === "checked") {
    node[name] = value;
  } else {
    node.setAttribute(name, value === true ? "" : String(value));
  }
}

/** Makes an SVG element; false, null and undefined leave an attribute or a child out. @returns {any} */
export function svg(tag, props = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(props)) {
    if (isThere(value)) node.setAttribute(name, String(value));
  }
  node.append(...children.flat().filter(isThere));
  return node;
}

function isThere(value) {
  return value !== false && value !== null && value !== undefined;
}

/**
 * An address of the web, or null: neither a file nor a result can smuggle in another kind. Without a `base` it has to be a
 * whole one.
 *
 * @param {string | null | undefined} address
 * @param {string} [base] what an address without a host counts from
 */
export function webAddress(address, base) {
  if (!address || !URL.canParse(address, base)) return null;
  const { protocol, href } = new URL(address, base);
  return protocol === "https:" || protocol === "http:" ? href : null;
}
