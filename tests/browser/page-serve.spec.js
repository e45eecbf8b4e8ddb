// The page as `npx viewcomfy-wasm serve` brings it, from the packed package in an empty folder: in front of a ComfyUI server,
// with none of the packages that the package can do without.

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { test as base, expect } from "@playwright/test";

import { fixture } from "../support/cli.js";
import { OBJECT_INFO } from "../support/cli-types.js";
import { startComfy } from "../support/comfyui.js";

import { runButton, runState, showTab } from "./page-driver.js";

const PACKAGE = fileURLToPath(new URL("../../pkg", import.meta.url));
const { PATH, HOME } = process.env;

const test = base.extend({
  /** The folder with the installed package. */
  folder: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), "viewcomfy-serve-"));
      writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
      npm(folder, "pack", PACKAGE, "--loglevel=error");
      const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"));
      npm(folder, "install", join(folder, tarball), "--offline", "--no-package-lock", "--loglevel=error");
      await use(folder);
      rmSync(folder, { recursive: true });
    },
    { scope: "worker" },
  ],
  comfy: [
    // biome-ignore lint/correctness/noEmptyPattern: see above
    async ({}, use) => {
      const comfy = await startComfy({ args: ["--object-info", OBJECT_INFO] });
      await use(comfy);
      await comfy.close();
    },
    { scope: "worker" },
  ],
  /** Starts it with more arguments; gives the address that it prints. */
  serve: async ({ folder, comfy }, use) => {
    const children = [];
    await use(async (...args) => {
      const all = ["--offline", "viewcomfy-wasm", "serve", "--comfyui", comfy.url, "--port", "0", ...args];
      const child = spawn("npx", all, {
        cwd: folder,
        // npx hands no signal on: both are ended as one group.
        detached: true,
        env: { PATH, HOME },
        stdio: ["ignore", "pipe", "inherit"],
      });
      children.push(child);
      for await (const line of createInterface({ input: child.stdout })) {
        if (line.startsWith("open ")) return line.slice("open ".length);
      }
      throw new Error("it did not start");
    });
    for (const child of children) {
      const closed = once(child, "close");
      process.kill(-child.pid, "SIGTERM");
      await closed;
    }
  },
});

function npm(cwd, ...args) {
  const { status, stderr } = spawnSync("npm", args, { cwd, encoding: "utf8" });
  expect(status, stderr).toBe(0);
}

async function expectPicture(page) {
  await runState(page, "done");
  const picture = page.getByRole("img", { name: /^Output / });
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((image) => image.naturalWidth)).toBeGreaterThan(0);
}

test("an installed package alone opens the page, and a run comes to a picture", async ({
  page,
  folder,
  comfy,
  serve,
}) => {
  expect(readdirSync(join(folder, "node_modules")).filter((name) => !name.startsWith("."))).toEqual([
    "viewcomfy-wasm",
  ]);
  const failed = [];
  page.on("pageerror", (error) => failed.push(String(error)));
  page.on("response", (response) => response.status() >= 400 && failed.push(response.url()));
  await page.goto(await serve());
  await expect(page.getByText("ComfyUI", { exact: true })).toBeVisible();
  await expect(page.getByText(new URL(comfy.url).host, { exact: true }).first()).toBeVisible();
  await page.getByRole("button", { name: /Text to image/ }).click();
  await page.locator("body[data-inspected]").waitFor();
  // The server's definitions were loaded by themselves.
  await showTab(page, /^Problems/);
  await expect(page.getByText("Checked against", { exact: false }).first()).toBeVisible();
  await expect(page.getByText("The deployed workflow", { exact: true })).toHaveCount(0);
  await runButton(page).click();
  await expectPicture(page);
  expect(failed).toEqual([]);
});

test("a workflow that was given lies open, and is what runs where none is sent", async ({ page, serve }) => {
  await page.goto(await serve("--workflow", fixture("workflows/small_picture.json")));
  await page.locator("body[data-inspected]").waitFor();
  await expect(page.getByRole("heading", { name: /small_picture/ })).toBeVisible();
  await page.getByText("The deployed workflow", { exact: true }).click();
  await runButton(page).click();
  await expectPicture(page);
});

test("with a token the printed address opens it, and the token leaves the address", async ({
  page,
  serve,
}) => {
  const address = new URL(await serve("--host", "0.0.0.0"));
  address.hostname = "127.0.0.1";
  expect((await page.goto(`${address.origin}/`)).status()).toBe(401);
  await page.goto(address.href);
  expect(page.url()).toBe(`${address.origin}/`);
  await page.getByRole("button", { name: /Text to image/ }).click();
  await page.locator("body[data-inspected]").waitFor();
  await runButton(page).click();
  await expectPicture(page);
});
