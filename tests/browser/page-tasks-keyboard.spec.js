// What people come to the page for, done with the keyboard alone.

import { test } from "../support/fixtures.js";
import { keyboardHand } from "../support/keyboard-hand.js";
import { TASKS } from "../support/page-tasks.js";
import { forgetRequests } from "./page-driver.js";

test.use({ viewport: { width: 1440, height: 900 } });

for (const [what, perform] of TASKS)
  test(`with the keyboard alone: ${what}`, async ({ page, endpoint }) => {
    await forgetRequests(endpoint);
    await page.goto("/");
    await perform({ page, endpoint, hand: keyboardHand(page) });
  });
