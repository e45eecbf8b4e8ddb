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
  new MutationObserver(restore).observe(document.body, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ["hidden", "disabled", "open"],
  });
}

const FOCUSABLE = "a[href], button, input, select, textarea, summary, label, [tabindex]";

function restore() {
  const lost = path[0];
  if (!lost || (document.activeElement !== document.body && document.activeElement !== null)) return;
  if (canHaveFocus(lost)) return;
  const place = path.slice(1).find((each) => each.isConnected && isShown(each) && isPart(each));
  path = [];
  if (place instanceof HTMLElement) take(place);
}

function canHaveFocus(element) {
  return element.isConnected && isShown(element) && !element.matches(":disabled");
}

function isShown(element) {
  return element.checkVisibility();
}

/** A part that a screen reader can name. */
function isPart(element) {
  return element.matches(`${FOCUSABLE}, section, main, [role], dialog, .card`);
}

/** Gives an element the focus, whether it can be reached by Tab or not. */
export function take(element) {
  if (!element.matches(FOCUSABLE)) element.setAttribute("tabindex", "-1");
  element.focus({ preventScroll: true });
}
