// What the page knows of ComfyUI's nodes without a server: choices, ranges, problems before a run, names of prompts.

import { expect, test } from "../support/fixtures.js";
import { fixture } from "../support/found.js";
import {
  drop,
  exampleText,
  field,
  forgetRequests,
  openExample,
  requests,
  runButton,
  showTab,
} from "./page-driver.js";

test.beforeEach(({ endpoint }) => forgetRequests(endpoint));

const problems = (page) => page.getByRole("list", { name: "Problems" });

/** The example with other values, and without titles. */
function changed(change) {
  const workflow = JSON.parse(exampleText("text-to-image"));
  change(workflow);
  return { name: "changed.json", bytes: JSON.stringify(workflow) };
}

test("choices and ranges of ComfyUI's own nodes are there without a server", async ({ page }) => {
  await openExample(page, /Text to image/);
  const sampler = page.getByRole("combobox", { name: "Sampler, sampler_name" });
  await expect(sampler).toHaveText(/euler.*heun.*dpmpp_2m/);
  await sampler.selectOption("heun");
  await page.getByRole("button", { name: "About Sampler, steps" }).click();
  await expect(page.getByText("From 1 to 10,000.")).toBeVisible();
  await showTab(page, "Form");
  await expect(page.getByRole("combobox", { name: "Sampler, Scheduler" })).toHaveText(/karras/);
  // Which checkpoints there are, only a server knows.
  await expect(page.getByRole("combobox", { name: /Checkpoint/ })).toHaveCount(0);
});

test("values that ComfyUI refuses are problems at their fields before the run, and stop it", async ({
  page,
  endpoint,
}) => {
  await openExample(page, /Text to image/);
  await field(page, "Sampler, steps").fill("-5");
  await field(page, "Sampler, cfg").fill("9999");
  const row = (key) => page.locator(`[data-key="${key}"]`);
  await expect(row("3-inputs-steps")).toContainText("the smallest value is 1");
  await expect(row("3-inputs-cfg")).toContainText("the largest value is 100.0");
  await expect(field(page, "Sampler, steps")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByRole("tab", { name: "Problems 2" })).toBeVisible();
  await runButton(page).click();
  await expect(page.locator("#run[data-run=failed]")).toBeVisible();
  await expect(page.locator("#failure")).toContainText("Sampler, Steps is -5");
  expect(await requests(endpoint)).toEqual([]);
  await field(page, "Sampler, steps").fill("12");
  await field(page, "Sampler, cfg").fill("7");
  await expect(row("3-inputs-steps").locator(".problem")).toBeEmpty();
  await expect(field(page, "Sampler, steps")).toHaveValue("12");
});

test("a sampler that ComfyUI does not have is a warning, since a pack may add it", async ({ page }) => {
  await page.goto("/");
  await drop(
    page,
    changed((workflow) => {
      workflow["3"].inputs.sampler_name = "eulr";
    }),
  );
  await showTab(page, /^Problems/);
  await expect(problems(page).getByRole("listitem")).toHaveCount(1);
  await expect(problems(page)).toContainText("Warning");
  await expect(problems(page)).toContainText('"eulr", which is not among ComfyUI\'s own choices');
});

test("files that only a server knows are no problems, and its own definitions count once they are given", async ({
  page,
}) => {
  await page.goto("/");
  await drop(
    page,
    changed((workflow) => {
      workflow["4"].inputs.ckpt_name = "nobody-has-this.safetensors";
    }),
  );
  await showTab(page, /^Problems/);
  await expect(page.getByText("No problems found")).toBeVisible();
  await drop(page, fixture("definitions/object_info.json"));
  await expect(problems(page)).toContainText("nobody-has-this.safetensors");
});

test("a class of a pack gets its ranges by the second file, loaded when it is needed", async ({ page }) => {
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await openExample(page, /Text to image/);
  expect(asked.filter((path) => path.includes("definitions"))).toEqual(["/pkg/definitions.json"]);
  await drop(
    page,
    changed((workflow) => {
      workflow["20"] = {
        class_type: "ImageResizeKJ",
        inputs: {
          image: ["8", 0],
          width: 512,
          height: 512,
          upscale_method: "lanczos",
          keep_proportion: false,
        },
      };
      workflow["9"].inputs.images = ["20", 0];
    }),
  );
  await showTab(page, "All parameters");
  await page.getByRole("button", { name: "About ImageResizeKJ, width" }).click();
  await expect(page.locator('[data-key="20-inputs-width"]').getByText(/^From 0 to/)).toBeVisible();
  expect(asked).toContain("/pkg/definitions-custom.json");
  await expect(page.getByRole("tab", { name: "Problems", exact: true })).toBeVisible();
});

test("without the definitions the page looks at the workflow alone", async ({ page }) => {
  await page.route(/definitions\.json/, (route) => route.abort());
  await openExample(page, /Text to image/);
  await expect(page.getByRole("textbox", { name: "Sampler, sampler_name" })).toHaveValue("euler");
  await field(page, "Sampler, steps").fill("25");
  await expect(page.getByText("1 changed")).toBeVisible();
});

test("prompts that nobody named are called by what they feed, everywhere", async ({ page }) => {
  await page.goto("/");
  await drop(
    page,
    changed((workflow) => {
      for (const id of ["6", "7"]) workflow[id]._meta.title = "CLIP Text Encode (Prompt)";
    }),
  );
  await showTab(page, "Form");
  const positive = page.getByLabel("CLIP Text Encode (positive), Text", { exact: true });
  await expect(positive).toBeVisible();
  await expect(page.getByLabel("CLIP Text Encode (negative), Text", { exact: true })).toBeVisible();
  await showTab(page, "All parameters");
  await expect(field(page, "CLIP Text Encode (positive), text")).toBeVisible();
  await expect(
    page.getByRole("button", { name: "Sampler, positive: from CLIP Text Encode (positive)" }),
  ).toBeVisible();
  await showTab(page, "Graph");
  await page.locator("g[data-node='7'] .box-body").click();
  await expect(
    page.getByRole("region", { name: "Selected node: CLIP Text Encode (negative)" }),
  ).toBeVisible();
});

test("a prompt with a title keeps it", async ({ page }) => {
  await openExample(page, /Text to image/);
  await expect(field(page, "Prompt, text")).toBeVisible();
});
