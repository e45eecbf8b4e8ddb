// The card of a failed run says the cause once and what to do once.

import { expect, test } from "../support/fixtures.js";
import { closedAddress } from "../support/serve.js";
import { field, openExample, runButton, runState, typeEndpoint } from "./page-driver.js";

const FAULTS = [
  ...[
    "drop_in_log",
    "drop_in_result",
    "no_result",
    "error_event",
    "unauthorized",
    "forbidden",
    "invalid_params",
  ],
  ...["node_errors", "node_errors_event", "rate_limited", "html_500", "wrong_type", "invalid_json"],
  ...["invalid_base64", "wrong_size", "failed_result"],
];

/** Runs of so many words that stand twice on a card are a doubled sentence. */
const RUN = 3;

/** The runs of words that the texts of a card have more than once. */
function doubled(texts) {
  const seen = new Set();
  const twice = [];
  for (const text of texts) {
    const words = text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];
    for (let at = 0; at + RUN <= words.length; at += 1) {
      const run = words.slice(at, at + RUN).join(" ");
      if (seen.has(run)) twice.push(run);
      seen.add(run);
    }
  }
  return twice;
}

async function textsOf(page) {
  const card = page.locator(".failure");
  await card.waitFor();
  const parts = card.locator("h3, .failure-message, .node-errors span, .failure-advice");
  return parts.allTextContents();
}

/** @returns {Promise<string>} what is said beside the title and the advice */
async function fail(page) {
  await runButton(page).click();
  await runState(page, "failed");
  const texts = await textsOf(page);
  expect(doubled(texts), texts.join("\n")).toEqual([]);
  expect(texts.join(" ").match(/run (it )?again|try again/gi)?.length ?? 0, texts.join("\n")).toBeLessThan(2);
  return texts.slice(1, -1).join("\n");
}

test("a doubled sentence is seen", () => {
  expect(doubled(["The response ended without a result", "the response ended: run"])).toEqual([
    "the response ended",
  ]);
});

for (const fault of FAULTS) {
  test(`no sentence stands twice: ${fault}`, async ({ page, endpoint }) => {
    await openExample(page, /Text to image/);
    await typeEndpoint(page, `${endpoint.url}/infer?fault=${fault}`);
    await fail(page);
  });
}

test("nor where nothing was sent", async ({ page, endpoint }) => {
  await openExample(page, /Text to image/);
  await typeEndpoint(page, `${await closedAddress()}/infer`);
  await page.getByRole("radio", { name: "None" }).check({ force: true });
  await fail(page);
  await typeEndpoint(page, "");
  await fail(page);
  await typeEndpoint(page, `${endpoint.url}/infer`);
  await page.getByText("Id and secret", { exact: true }).click();
  await page.getByLabel("Client id").fill("local-id");
  await page.getByLabel("Client secret").fill("");
  await fail(page);
  await page.getByLabel("Client secret").fill("local-secret");
  await field(page, "Sampler, seed").fill("18446744073709551616");
  // The parameter is named as the form names it.
  expect(await fail(page)).toMatch(
    /^Sampler, Seed is 18446744073709551616, but the largest value is 18446744073709551615\.$/,
  );
});

test("what is particular to a failure is on its card", async ({ page, endpoint }) => {
  await openExample(page, /Text to image/);
  const words = {
    forbidden: "HTTP 403: This deployment is not yours.",
    error_event: "RuntimeError: a failure on request.",
    no_result: /^The log said last: /,
    wrong_size: /111065\.$/,
  };
  for (const [fault, detail] of Object.entries(words)) {
    await typeEndpoint(page, `${endpoint.url}/infer?fault=${fault}`);
    await fail(page);
    await expect(page.locator(".failure-message")).toHaveText(detail);
  }
});
