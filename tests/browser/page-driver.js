// What a person does on the demo page, in the words of the tests.

import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** For the tests of what a visitor comes for: they run in Firefox too. */
export const MAIN_PATH = { tag: "@main-path" };

const examples = fileURLToPath(new URL("../../www/examples/", import.meta.url));

/** The text of one of the page's built-in examples. */
export function exampleText(name) {
  return readFileSync(`${examples}${name}.json`, "utf8");
}

/** Opens the page with one of its examples, in the table of all parameters. */
export async function openExample(page, title) {
  await page.goto("/");
  await page.getByRole("button", { name: title }).click();
  await page.locator("body[data-state=ready]").waitFor();
  await showTab(page, "All parameters");
  await page.locator("#panel .row").first().waitFor();
}

/** Turns to one of the views of what is open, once the workflow has been looked at. */
export async function showTab(page, name) {
  await page.locator("body[data-inspected]").waitFor();
  await page.getByRole("tab", { name }).click();
}

/** Drops files somewhere, as the browser reports them; without a selector, on the window. */
export async function drop(page, files, selector = "body") {
  const list = [files]
    .flat()
    .map(({ name, type = "application/json", bytes }) => [name, type, Buffer.from(bytes).toString("base64")]);
  const transfer = await page.evaluateHandle((entries) => {
    const data = new DataTransfer();
    for (const [fileName, mime, base64] of entries) {
      const content = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      data.items.add(new File([content], fileName, { type: mime }));
    }
    return data;
  }, list);
  for (const event of ["dragenter", "dragover", "drop"]) {
    await page.dispatchEvent(selector, event, { dataTransfer: transfer });
  }
}

/** The field of a parameter, by node title and input name. */
export function field(page, label) {
  return page.getByLabel(label, { exact: true });
}

export function runButton(page) {
  return page.getByRole("button", { name: "Run", exact: true });
}

/** Points the page at the endpoint with a fault. */
export async function askForFault(page, endpoint, query) {
  await page.getByText("Endpoint", { exact: true }).first().click();
  await page.getByLabel("Endpoint", { exact: true }).fill(`${endpoint.url}/infer?${query}`);
}

/** Waits for a state of the run: sending, waiting, running, done, failed, cancelled. */
export async function runState(page, state) {
  await page.locator(`#run[data-run=${state}]`).waitFor();
}

/** What the endpoint was asked, newest last. */
export async function requests(endpoint) {
  const answer = await fetch(`${endpoint.url}/requests`);
  return answer.json();
}

export async function forgetRequests(endpoint) {
  await fetch(`${endpoint.url}/requests`, { method: "DELETE" });
}

/** A PNG drawn in the page, as bytes. */
export async function drawPng(page, width, height, colour) {
  const base64 = await page.evaluate(
    async ([w, h, fill]) => {
      const canvas = new OffscreenCanvas(w, h);
      const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
      context.fillStyle = fill;
      context.fillRect(0, 0, w, h);
      const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
      return btoa(String.fromCharCode(...bytes));
    },
    [width, height, colour],
  );
  return Buffer.from(base64, "base64");
}

/**
 * What a press saves.
 *
 * @returns {Promise<{ name: string, bytes: Buffer }>}
 */
export async function saved(page, button) {
  // Firefox tells its driver of no download from an address of the page's own making: there the link itself is asked.
  if (page.context().browser().browserType().name() === "firefox") return savedByLink(page, button);
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

async function savedByLink(page, button) {
  await page.evaluate(() => {
    const blobs = new Map();
    const { createObjectURL } = URL;
    URL.createObjectURL = (blob) => {
      const url = createObjectURL(blob);
      blobs.set(url, blob);
      return url;
    };
    globalThis.saved = new Promise((resolve) => {
      HTMLAnchorElement.prototype.click = function () {
        resolve({ name: this.download, blob: blobs.get(this.href) });
      };
    });
  });
  await button.click();
  const { name, base64 } = await page.evaluate(async () => {
    const { name, blob } = await globalThis.saved;
    return { name, base64: (await blob.bytes()).toBase64() };
  });
  return { name, bytes: Buffer.from(base64, "base64") };
}

/** The runs that the page keeps in this browser, newest first, each with its `contents`. */
export async function keptRuns(page) {
  return page.evaluate(async () => {
    const answer = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await answer(indexedDB.open("viewcomfy-runs", 1));
    const [runs, contents] = await Promise.all(
      ["runs", "contents"].map((name) => answer(database.transaction(name).objectStore(name).getAll())),
    );
    database.close();
    runs.sort((a, b) => b.at - a.at);
    return runs.map((run) => ({ ...run, contents: contents.find(({ id }) => id === run.id) }));
  });
}

/** Takes away what is kept of the runs beside their facts, as a browser does that needs the room. */
export async function forgetContents(page) {
  await page.evaluate(async () => {
    const opening = indexedDB.open("viewcomfy-runs", 1);
    await new Promise((resolve) => (opening.onsuccess = resolve));
    const database = opening.result;
    const transaction = database.transaction("contents", "readwrite");
    transaction.objectStore("contents").clear();
    await new Promise((resolve) => (transaction.oncomplete = resolve));
    database.close();
  });
}

/** Types where runs go, in the settings that may be closed. */
export async function typeEndpoint(page, address) {
  const input = page.getByLabel("Endpoint", { exact: true });
  if (!(await input.isVisible())) await page.getByText("Endpoint", { exact: true }).first().click();
  await input.fill(address);
}

/** Whether the page asks before it is left. */
export function asksBeforeLeaving(page) {
  return page.evaluate(() => {
    const event = new Event("beforeunload", { cancelable: true });
    dispatchEvent(event);
    return event.defaultPrevented;
  });
}
