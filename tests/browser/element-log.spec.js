// The log of a run in <viewcomfy-app>: plain text whatever a node wrote for a terminal, one line for a bar of progress, its newest lines.

import { expect, status, test } from "../support/element-page.js";
import { END } from "../support/raw-runs.js";

const TAG = '<viewcomfy-app src="/fixtures/workflows/small_picture.json" endpoint="/logs"></viewcomfy-app>';
const ESC = "\u001b";

/** A route that answers a run with these lines of log. */
function logging(lines) {
  const log = lines.map((line) => `event: log_message\ndata: ${line}\n\n`).join("");
  return (request, response) => {
    request.resume().on("end", () => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.end(log + END);
    });
  };
}

async function logOf(page, open, lines) {
  await open(TAG, { routes: { "/logs": logging(lines) } });
  await page.getByRole("button", { name: "Run" }).click();
  await status(page, "done");
  await page.getByText("Log", { exact: false }).click();
  return page.getByRole("log").locator("> div");
}

test("what only a terminal understands is left out", async ({ page, open }) => {
  const lines = await logOf(page, open, [
    `${ESC}[1;31mred${ESC}[0m and plain`,
    `${ESC}]0;a title\u0007${ESC}]8;;https://a.test${ESC}\\a link${ESC}]8;;${ESC}\\${ESC}(B`,
  ]);
  await expect(lines).toHaveText(["red and plain", "a link"]);
});

test("a bar of progress takes the place of the one before it, and the line behind it does not", async ({
  page,
  open,
}) => {
  const bar = (step) => `${step * 25}%|##  | ${step}/4 [00:0${step}<00:0${4 - step}, 1.00it/s]`;
  const lines = await logOf(page, open, ["begun", bar(1), bar(2), bar(4), "ended", bar(1)]);
  await expect(lines).toHaveText(["begun", bar(4), "ended", bar(1)]);
});

test("of very many lines the newest thousand stay, the last in sight", async ({ page, open }) => {
  const lines = await logOf(
    page,
    open,
    Array.from({ length: 1_200 }, (_, at) => `line ${at}`),
  );
  await expect(lines).toHaveCount(1_000);
  await expect(lines.first()).toHaveText("line 200");
  await expect(lines.last()).toHaveText("line 1199");
  await expect(lines.last()).toBeInViewport();
});

test("a long last line is cut off, and makes nothing wider than the tag", async ({ page, open }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(TAG, { routes: { "/logs": logging(["a long line ".repeat(40)]) } });
  await page.getByRole("button", { name: "Run" }).click();
  await status(page, "done");
  await expect(page.getByText("a long line").first()).toBeVisible();
  const widths = await page.locator("viewcomfy-app").evaluate((app) => {
    const widthOf = (element) => element.getBoundingClientRect().width;
    return [...app.shadowRoot.querySelectorAll(".side > *")]
      .map(widthOf)
      .map((width) => width - widthOf(app));
  });
  expect(widths.length).toBeGreaterThan(2);
  expect(Math.max(...widths)).toBeLessThanOrEqual(0);
});
