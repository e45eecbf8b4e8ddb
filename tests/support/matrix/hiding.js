// Does something while a page is hidden. Each browser's driver has a different way to do this, or none.

const WAYS = { webkit: minimized, chromium: frozen, firefox: pretended };

/** @param {() => Promise<void>} work */
export async function whileHidden(page, browserName, work) {
  await WAYS[browserName](page, work);
}

/** The window is minimized, and the page says that it is hidden. */
async function minimized(page, work) {
  await page.minimize();
  if ((await page.evaluate(() => document.visibilityState)) !== "hidden") throw new Error("it is not hidden");
  await work();
  await page.restore();
}

/** Headless Chromium shows every page, but it can freeze one, as it does with pages that are hidden for long. */
async function frozen(page, work) {
  const tools = await page.context().newCDPSession(page);
  const working = work();
  await tools.send("Page.setWebLifecycleState", { state: "frozen" });
  await page.waitForTimeout(300);
  await tools.send("Page.setWebLifecycleState", { state: "active" });
  await working;
}

/** Firefox's driver shows every page and cannot freeze one, so the page only gets the event. */
async function pretended(page, work) {
  const tell = (state) =>
    page.evaluate((state) => {
      Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, state);
  await tell("hidden");
  await work();
  await tell("visible");
}
