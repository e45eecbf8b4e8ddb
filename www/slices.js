// Long work in short pieces, so that the page stays awake.

/** Does `work` for every item, giving way to the page every few milliseconds; ends early once `alive()` is false. */
export async function inSlices(items, work, { alive = () => true, milliseconds = 12 } = {}) {
  let end = performance.now() + milliseconds;
  for (const item of items) {
    if (!alive()) return;
    work(item);
    if (performance.now() < end) continue;
    await giveWay();
    end = performance.now() + milliseconds;
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
