// What people come to the page for, done with a finger on a phone.

import { fingerHand, PHONE } from "../support/finger-hand.js";
import { test } from "../support/fixtures.js";
import { TASKS } from "../support/page-tasks.js";
import { forgetRequests } from "./page-driver.js";

test.use(PHONE);

for (const [what, perform] of TASKS)
  test(`with a finger: ${what}`, async ({ page, endpoint }) => {
    await forgetRequests(endpoint);
    await page.goto("/");
    await perform({ page, endpoint, hand: fingerHand(page) });
  });
