// The demo in front of a deployment, driven by its page: runs of every kind, failures, links, and no secret anywhere.

import AxeBuilder from "@axe-core/playwright";
import { expect } from "@playwright/test";

import { ID, SECRET, test } from "../support/deployment-page.js";
import { fixture } from "../support/found.js";
import { hold } from "../support/requests.js";
import { disguisesOf, findSecrets } from "../support/secrets.js";
import { closedAddress } from "../support/serve.js";
import { drop, field, requests, runButton, runState, showTab } from "./page-driver.js";

/** Opens an example on the started server's page. */
async function open(page, url, title = /Text to image/) {
  await page.goto(url);
  await page.getByRole("button", { name: title }).click();
  await page.locator("body[data-inspected]").waitFor();
}

async function expectPicture(page) {
  await runState(page, "done");
  const picture = page.getByRole("img", { name: /^Output / });
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((image) => image.naturalWidth)).toBeGreaterThan(0);
}

test("a streamed run comes to a picture, and no secret to the page", async ({ page, start }) => {
  const { url, deployment, failed, received, leaks } = await start();
  await open(page, url);
  await expect(page.getByText("Your deployment", { exact: true })).toBeVisible();
  await expect(page.getByText(new URL(deployment.url).host, { exact: true })).toBeVisible();
  for (const label of ["Endpoint", "Client id", "Client secret", "Token"])
    await expect(page.getByLabel(label, { exact: true })).toHaveCount(0);
  await runButton(page).click();
  await expectPicture(page);
  await page.getByText("Log", { exact: true }).click();
  await expect(page.getByRole("log")).toContainText("20/20");

  const [request] = await requests(deployment);
  expect(request).toMatchObject({ logs: true, authorized_by: "client", state: "finished" });
  expect(request.workflow_api).toContain("11400714819323198485");
  expect(failed).toEqual([]);
  // What is searched is what came: the page, its wasm, and the result.
  for (const part of ['name="viewcomfy-deployment"', "\0asm", "event: prompt_result", "iVBORw0KGgo"])
    expect(received().includes(part), part).toBe(true);
  expect(await leaks()).toEqual([]);
});

test("a plain run of the deployed workflow follows the gateway's hops", async ({ page, start }) => {
  const { url, deployment, failed, leaks } = await start({ query: "?fault=hops&hops=25" });
  await open(page, url);
  await page.getByText("The deployed workflow", { exact: true }).click();
  await expect(page.getByText(/^Only values are sent/)).toBeVisible();
  await page.getByRole("switch", { name: "Stream the log" }).uncheck();
  await runButton(page).click();
  await expectPicture(page);
  const noted = await requests(deployment);
  expect(noted.map(({ method }) => method)).toEqual(["POST", ...Array(26).fill("GET")]);
  expect(noted.every((request) => request.authorized_by === "client" && request.workflow_api === null)).toBe(
    true,
  );
  expect(failed).toEqual([]);
  expect(await leaks()).toEqual([]);
});

test("the deployment itself lets no page in, and takes no other credentials", async ({ page, start }) => {
  const { url, deployment } = await start();
  await page.goto(url);
  const reached = await page.evaluate(
    (endpoint) =>
      fetch(endpoint, { method: "POST", body: new FormData() }).then(
        () => true,
        () => false,
      ),
    `${deployment.url}/infer`,
  );
  expect(reached).toBe(false);
  const headers = { client_id: "local-id", client_secret: "local-secret" };
  const answer = await fetch(`${deployment.url}/infer`, { method: "POST", headers, body: new FormData() });
  expect(answer.status).toBe(401);
});

test("a wrong secret is told with what to do, and not with the secret", async ({ page, start }) => {
  const { url, demo, leaks } = await start({ variables: () => ({ VIEWCOMFY_CLIENT_SECRET: `${SECRET}!` }) });
  await open(page, url);
  await runButton(page).click();
  await runState(page, "failed");
  const failure = page.getByRole("alert");
  await expect(failure.getByRole("heading")).toHaveText("Your deployment refused the credentials");
  await expect(failure.locator(".failure-code")).toHaveText("unauthorized");
  await expect(failure).toContainText("VIEWCOMFY_CLIENT_SECRET");
  await expect(failure.getByRole("button", { name: "Run again" })).toBeVisible();
  await expect(failure.getByRole("button", { name: "Check the endpoint" })).toHaveCount(0);
  await failure.getByText("What the service said").click();
  expect(await leaks()).toEqual([]);
  expect(findSecrets([ID, SECRET], demo.output())).toEqual([]);
});

test("a deployment that is not there is told as that, and so is a server that has ended", async ({
  page,
  start,
}) => {
  const closed = await closedAddress();
  const { url, demo, leaks } = await start({
    variables: () => ({ VIEWCOMFY_API_URL: `${closed}/infer?key=x` }),
  });
  await open(page, url);
  await runButton(page).click();
  await runState(page, "failed");
  await expect(page.getByRole("alert").getByRole("heading")).toHaveText(
    "Your deployment could not be reached",
  );
  await expect(page.getByRole("alert")).toContainText("VIEWCOMFY_API_URL");
  expect(await leaks()).toEqual([]);
  expect(demo.output()).toContain("start: not passed on: ");
  expect(findSecrets([ID, SECRET, "key=x"], demo.output())).toEqual([]);

  await demo.close();
  await runButton(page).click();
  await expect(page.getByRole("alert").getByRole("heading")).toHaveText(
    "This page's server could not be reached",
  );
});

test("cancel ends the run at the deployment", async ({ page, start }) => {
  const { url, deployment, leaks } = await start();
  await open(page, url);
  await hold(deployment.url);
  await runButton(page).click();
  await expect(page.locator(".status-numbers")).toHaveText(/[1-9]\d*\/20/);
  await page.keyboard.press("Escape");
  await runState(page, "cancelled");
  await expect.poll(async () => (await requests(deployment))[0].state).toBe("cancelled");
  expect(await leaks()).toEqual([]);
});

test("results given as links are shown and saved through the page's server", async ({ page, start }) => {
  const hosts = (deployment) => ({ VIEWCOMFY_LINK_HOSTS: `*.example.com, ${new URL(deployment.url).host}` });
  const { url, deployment, failed, leaks } = await start({ query: "?fault=link_output", variables: hosts });
  await open(page, url);
  await runButton(page).click();
  await expectPicture(page);
  const src = await page.getByRole("img", { name: /^Output / }).getAttribute("src");
  expect(src).toContain(`${url}/api/viewcomfy?url=${encodeURIComponent(`${deployment.url}/outputs/`)}`);
  const [download] = await Promise.all([page.waitForEvent("download"), saveButton(page).click()]);
  expect(download.suggestedFilename()).toMatch(/\.png$/);
  await page.getByText("Code", { exact: true }).click();
  await expect(page.getByLabel("JavaScript")).toContainText("rewriteUrl: (url) =>");
  expect(failed).toEqual([]);
  expect(await leaks()).toEqual([]);
});

test("a link of another host is shown as it is, and saving it says which setting it needs", async ({
  page,
  start,
}) => {
  const { url, deployment } = await start({ query: "?fault=link_output" });
  await open(page, url);
  await runButton(page).click();
  await expectPicture(page);
  expect(await page.getByRole("img", { name: /^Output / }).getAttribute("src")).toContain(
    `${deployment.url}/outputs/`,
  );
  await saveButton(page).click();
  await expect(page.locator("#outputs")).toContainText(
    `${new URL(deployment.url).host} in VIEWCOMFY_LINK_HOSTS`,
  );
  await expect(page.getByRole("link", { name: "open its link" })).toBeVisible();
});

function saveButton(page) {
  return page.locator("#outputs").getByRole("button", { name: /^Save / });
}

test("a converted workflow is always sent, and the choice comes back with the next one", async ({
  page,
  start,
}) => {
  const { url, deployment } = await start();
  await page.goto(url);
  const deployed = page.getByRole("radio", { name: "The deployed workflow" });
  await page.getByText("The deployed workflow", { exact: true }).click();
  await drop(page, fixture("editor/model_free.json"));
  await page.locator("body[data-inspected]").waitFor();
  await expect(deployed).toBeDisabled();
  await expect(page.getByText(/^A converted workflow is sent with each run/)).toBeVisible();
  await runButton(page).click();
  await expect.poll(async () => (await requests(deployment))[0]?.workflow_api).toContain("class_type");
  await open(page, url);
  await expect(deployed).toBeEnabled();
});

test("the code calls the page's own route", async ({ page, start }) => {
  const { url } = await start();
  await open(page, url);
  await page.getByText("Code", { exact: true }).click();
  const code = await page.getByLabel("JavaScript").textContent();
  expect(code).toContain("// This page's own route");
  expect(code).toContain('new ViewComfyClient({ endpoint: "/api/viewcomfy" })');
  expect(code).toContain("workflowApi: workflow");
  await page.getByText("The deployed workflow", { exact: true }).click();
  await expect(page.getByLabel("JavaScript")).toContainText("checkAgainst: workflow");
});

test("the tags of the code run through the page's own route", async ({ page, start }) => {
  const { url, deployment, failed, leaks } = await start();
  await open(page, url);
  await page.getByText("Code", { exact: true }).click();
  await page.getByRole("tab", { name: "HTML", exact: true }).click();
  await expect(page.getByLabel("HTML")).toContainText("this page's own route");
  const form = page.getByRole("region", { name: "Live preview" });
  await form.getByRole("button", { name: "Run", exact: true }).click();
  await expect(form.getByRole("img", { name: /^Output / })).toBeVisible();
  const [request] = await requests(deployment);
  expect(request).toMatchObject({ logs: true, authorized_by: "client", state: "finished" });
  expect(failed).toEqual([]);
  expect(await leaks()).toEqual([]);
});

test("the search finds a secret that is there, however it is written", async ({ page, start }) => {
  const { url, received, shown } = await start();
  // Of the same form, but unknown to the proxy, which would put stars in the secret's place.
  const decoys = [ID, SECRET].map((secret) => secret.replace("deployment", "decoy"));
  const search = (bytes) => findSecrets(decoys, bytes);
  await open(page, url);
  expect([search(received()), search(await shown())]).toEqual([[], []]);
  await showTab(page, "All parameters");
  // The result repeats the prompt, so that what is planted in it comes back.
  const planted = decoys.flatMap((decoy) => Object.values(disguisesOf(decoy)));
  await field(page, "Prompt, text").fill(planted.join(" "));
  await runButton(page).click();
  await runState(page, "done");
  const all = decoys.flatMap((decoy) => Object.keys(disguisesOf(decoy)).map((name) => `${decoy}: ${name}`));
  expect([search(received()), search(await shown())]).toEqual([all, all]);
});

test("a whole text in base64 gives the secret in it away, wherever it stands", () => {
  for (const before of ["", "a", "ab", "abc"]) {
    const encoded = Buffer.from(`${before}${SECRET}${before}`).toString("base64");
    expect(findSecrets([SECRET], `x${encoded}x`)).not.toEqual([]);
    expect(findSecrets([ID], `x${encoded}x`)).toEqual([]);
  }
});

const LOOKS = {
  light: { viewport: { width: 1360, height: 900 }, colorScheme: "light" },
  dark: { viewport: { width: 1360, height: 900 }, colorScheme: "dark" },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: "light" },
};

for (const [look, options] of Object.entries(LOOKS)) {
  test.describe(look, () => {
    test.use(options);
    test("axe finds nothing, and nothing sticks out", async ({ page, start }) => {
      const { url } = await start();
      const check = async () => {
        expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      };
      await page.goto(url);
      await check();
      await open(page, url);
      await page.getByText("The deployed workflow", { exact: true }).click();
      await check();
      await page.route("**/api/viewcomfy", (route) => route.abort());
      await runButton(page).click();
      await runState(page, "failed");
      await check();
    });
  });
}
