// Builds elements. Text always goes in as text: nothing in the tags parses HTML.

const SVG = "http://www.w3.org/2000/svg";

/**
 * Makes an element. `on` holds listeners; a value of false, null or undefined leaves an attribute out and true sets it empty.
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
  } else if (name === "value" || name === "checked" || name === "disabled" || name === "hidden") {
    node[name] = value;
  } else {
    node.setAttribute(name, value === true ? "" : String(value));
  }
}

/** Makes an SVG element. */
export function svg(tag, props = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(props)) node.setAttribute(name, String(value));
  node.append(...children.flat());
  return node;
}

/** Text of strangers beside text of ours: its direction stays its own. */
export function bdi(text) {
  return el("bdi", {}, text);
}

/** A button that sends no form. */
export function button(name, onClick, props = {}) {
  return el("button", { type: "button", part: "button", on: { click: onClick }, ...props }, name);
}

let made = 0;

/** An id that no other element has, in whichever tag. */
export function freshId() {
  made += 1;
  return `viewcomfy-${made}`;
}

/** An address of the web, or null: a file or a result cannot smuggle in another kind. */
export function webAddress(address) {
  if (!URL.canParse(address, document.baseURI)) return null;
  const url = new URL(address, document.baseURI);
  return /^https?:$/.test(url.protocol) ? url.href : null;
}
