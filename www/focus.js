// Keeps the focus in sight. What had it may be taken away: a message is dismissed, a list made anew, a view hidden. The
// focus then goes to the nearest part of the page that is still there, never to the top of the document.

/** What surrounded the focus when it came: the nearest first. */
let path = [];

/** Watches the whole page. */
export function setUpFocus() {
  document.addEventListener("focusin", (event) => {
    path = [];
    for (
      let at = /** @type {Element | null} */ (event.target);
      at && at !== document.body;
      at = at.parentElement
    )
      path.push(at);
  });
  // A press beside everything is a person's own way to let go of it.
  document.addEventListener("pointerdown", (event) => {
    if (event.target instanceof Element && !event.target.closest(FOCUSABLE)) path = [];
  });
  new MutationObserver(() => {
    if (path[0] && !canHaveFocus(path[0])) restore();
  }).observe(document.body, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ["hidden", "disabled"],
  });
}

const FOCUSABLE = "a[href], button, input, select, textarea, summary, label, [tabindex]";

/** Moves the focus on, unless something has taken it since. */
function restore() {
  const { activeElement } = document;
  if (activeElement !== null && activeElement !== document.body && activeElement !== path[0]) return;
  const place = path.slice(1).find((each) => each.isConnected && isShown(each) && isPart(each));
  path = [];
  if (place instanceof HTMLElement) take(place);
}

/** By attributes alone, as this is asked often: nothing is laid out for it. */
function canHaveFocus(element) {
  return element.isConnected && element.closest("[hidden]") === null && !element.matches(":disabled");
}

function isShown(element) {
  return element.checkVisibility();
}

/** A part that a screen reader can name. */
function isPart(element) {
  return element.matches(`${FOCUSABLE}, section, main, [role], dialog, .card`);
}

/** Gives an element the focus, whether it can be reached by Tab or not. */
function take(element) {
  if (!element.matches(FOCUSABLE)) element.setAttribute("tabindex", "-1");
  element.focus({ preventScroll: true });
}
