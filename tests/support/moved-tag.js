// A tag that is moved within its page while it runs, told once for what every engine's page knows.

import { APP, expect } from "./element-page.js";
import { release, requestArrived, requests } from "./requests.js";

/** The test, given the fixtures of element-page.js. */
export async function keepsItsRunWhenMoved({ page, open, held }) {
  await open(`<div id="elsewhere"></div>${APP}`, { endpoint: held });
  await page.click("[part~=run]");
  await requestArrived(held.url);
  await page.evaluate(() => {
    document.querySelector("#elsewhere").append(document.querySelector("viewcomfy-app"));
    // What would end the run has had its turn.
    return new Promise((resolve) => setTimeout(resolve));
  });
  await release(held.url);
  const status = () => page.evaluate(() => document.querySelector("viewcomfy-app").status);
  await expect.poll(status).toBe("done");
  expect(await requests(held.url)).toHaveLength(1);
}
