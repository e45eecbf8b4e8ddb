// What the browser's console and stacks show of our classes and errors.

import { expect, test } from "../support/api-page.js";

test("the console names our classes", async ({ apiPage, endpoint, browserName }) => {
  test.skip(
    browserName === "firefox",
    "Firefox gives its driver the properties of what is logged, not the class",
  );
  test.skip(browserName === "webkit", "WebKitGTK shows its console to no driver");
  const shown = [];
  apiPage.on("console", (message) => shown.push(message.text()));
  await apiPage.evaluate(async (endpoint) => {
    const { lib } = await import("/tests-support/in-page.js");
    const client = new lib.ViewComfyClient({ endpoint: `${endpoint}/infer`, token: "local-token" });
    const result = await client.infer({ params: { "3-inputs-seed": 1 } });
    const { log } = console;
    log(result, result.outputs[0], client);
    log(await client.infer({ param: 1 }).catch((error) => error));
  }, endpoint.url);
  await expect.poll(() => shown.length).toBe(2);
  expect(shown[0]).toMatch(/^PromptResult .*Output .*ViewComfyClient/);
  expect(shown[1]).toMatch(/^ViewComfyError: "param" is not an option of infer/);
});

test("a stack shows the caller", async ({ apiPage, endpoint }) => {
  const stacks = await apiPage.evaluate(async (endpoint) => {
    const { lib } = await import("/tests-support/in-page.js");
    const settings = { endpoint: `${endpoint}/infer`, token: "another-token" };
    const calls = [
      function callsFlatten() {
        lib.flattenWorkflow("{");
      },
      async function callsInfer() {
        await new lib.ViewComfyClient(settings).infer({ params: { "3-inputs-seed": 1 } });
      },
      async function callsStream() {
        for await (const _ of new lib.ViewComfyClient(settings).stream({ params: { "3-inputs-seed": 1 } }));
      },
      async function callsFollow() {
        await lib.follow(`${endpoint}/no-such-page`);
      },
    ];
    const stackOf = async (call) => {
      try {
        await call();
      } catch (error) {
        // Chromium writes the error in front of the places, others do not.
        return [call.name, error.stack.replace(`${error}\n`, "")];
      }
      return [call.name, "nothing was thrown"];
    };
    return Promise.all(calls.map(stackOf));
  }, endpoint.url);
  for (const [name, stack] of stacks) expect(stack.split("\n")[0], stack).toContain(name);
});
