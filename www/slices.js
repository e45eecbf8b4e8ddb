// Long work in short pieces, so that the page stays awake.

/** Until something is on the screen, and then. Every pause costs a frame: its styles, its layout, its paint. */
const [FIRST_MS, LATER_MS] = [12, 40];

/** Does `work` for every item, giving way to the page every few milliseconds; ends early once `alive()` is false. */
export async function inSlices(items, work, { alive = () => true } = {}) {
  let end = performance.now() + FIRST_MS;
  for (const item of items) {
    if (!alive()) return;
    work(item);
    if (performance.now() < end) continue;
    await giveWay();
    end = performance.now() + LATER_MS;
  }
}

/** Lets the page do what else is waiting. */
export function giveWay() {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => resolve();
    port2.postMessage(null);
  });
}
