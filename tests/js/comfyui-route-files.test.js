// Files and masks on their way through the route to a ComfyUI server.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { clientOf, eventsOf, formFor } from "../support/comfy-route.js";
import { next, resultOf, withRoute } from "../support/comfy-run.js";
import { invert } from "../support/comfyui.js";
import { PATIENCE } from "../support/patience.js";
import { refusalOf } from "../support/proxy.js";

const here = withRoute();

describe("files", () => {
  const png = async (red, name = "ü [x]/pic.png") => {
    const made = await here.post(formFor(invert(red * 65_536 + next()), { logs: "false" }));
    const { outputs } = await made.json();
    return new File([Buffer.from(outputs[0].data, "base64")], name, { type: "image/png" });
  };
  const loading = (image = "none.png") => ({
    1: { class_type: "LoadImage", inputs: { image } },
    2: { class_type: "ImageInvert", inputs: { image: ["1", 0] } },
    3: { class_type: "SaveImage", inputs: { images: ["2", 0], filename_prefix: "loaded" } },
    4: { class_type: "MaskToImage", inputs: { mask: ["1", 1] } },
    5: { class_type: "PreviewImage", inputs: { images: ["4", 0] } },
  });

  test("a picture is uploaded and loaded", PATIENCE, async () => {
    const form = formFor(loading(), { "1-inputs-image": await png(10) });
    const { status, prompt, outputs } = resultOf(await eventsOf(await here.post(form)));
    assert.deepEqual([status, outputs.length], ["success", 2]);
    assert.match(prompt[1].inputs.image, /pic( \(\d+\))?\.png$/);
    assert.doesNotMatch(prompt[1].inputs.image, /[/[\]]/);
  });

  test("no name leads to another folder, names one, or hides the file", PATIENCE, async () => {
    for (const [at, name] of [
      "../../escaped.png",
      "..\\escaped.png",
      "pic [output].png",
      "pic.png [temp]",
      ".hidden.png",
      "[temp]",
    ].entries()) {
      const form = formFor(loading(), { "1-inputs-image": await png(80 + at, name) });
      const { status, prompt } = resultOf(await eventsOf(await here.post(form)));
      assert.equal(status, "success", name);
      assert.doesNotMatch(prompt[1].inputs.image, /[/\\[\]]|^\./, name);
    }
  });

  test("two pictures of one name are two files", PATIENCE, async () => {
    const names = [];
    for (const red of [20, 30]) {
      const form = formFor(loading(), { "1-inputs-image": await png(red) });
      names.push(resultOf(await eventsOf(await here.post(form))).prompt[1].inputs.image);
    }
    assert.notEqual(names[0], names[1]);
  });

  for (const order of ["behind", "before"]) {
    test(`a mask that comes ${order} its picture is joined with it`, PATIENCE, async () => {
      const [picture, mask] = [await png(40), await png(50)];
      const parts = [
        ["1-inputs-image", picture],
        ["1-inputs-image-viewcomfymask", mask],
      ];
      if (order === "before") parts.reverse();
      const form = formFor(loading(), Object.fromEntries(parts));
      const { status, prompt } = resultOf(await eventsOf(await here.post(form)));
      assert.equal(status, "success");
      assert.match(prompt[1].inputs.image, /-masked( \(\d+\))?\.png$/);
    });
  }

  test("the client's files and masks", PATIENCE, async () => {
    const client = await clientOf(here.route);
    const [image, mask] = [await png(60), await png(70)];
    const workflowApi = JSON.stringify(loading());
    const { status } = await client.infer({ workflowApi, params: { "1-inputs-image": { image, mask } } });
    assert.equal(status, "success");
  });

  test("a mask without a picture is refused", PATIENCE, async () => {
    const broken = loading();
    broken[1].inputs.image = ["9", 0];
    const form = formFor(broken, { "1-inputs-image-viewcomfymask": await png(80) });
    const refusal = await refusalOf(await here.post(form));
    assert.deepEqual([refusal.status, refusal.code], [400, "field_not_allowed"]);
  });

  test("a key that is a field of its own names a file that the server has", PATIENCE, async () => {
    const form = formFor(loading(), { "1-inputs-image": await png(90) });
    const { prompt } = resultOf(await eventsOf(await here.post(form)));
    const again = formFor(loading(), { "1-inputs-image": prompt[1].inputs.image });
    const second = resultOf(await eventsOf(await here.post(again)));
    assert.deepEqual([second.status, second.prompt[1].inputs.image], ["success", prompt[1].inputs.image]);
  });
});
