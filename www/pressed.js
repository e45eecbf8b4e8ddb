// What is said on leaving a field moves what is below it; a press on that would miss. So it waits until the press is over.

let pressed = false;
const waiting = [];

addEventListener("pointerdown", () => (pressed = true), true);
for (const type of ["pointerup", "pointercancel"]) addEventListener(type, released, true);

/** Does `work` now, or after the press that is on its way has hit what it was meant for. */
export function afterPress(work) {
  if (pressed) waiting.push(work);
  else work();
}

function released() {
  pressed = false;
  // The click comes after this event.
  setTimeout(() => {
    for (const work of waiting.splice(0)) work();
  });
}
