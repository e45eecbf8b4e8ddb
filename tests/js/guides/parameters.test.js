// The guide "Parameters, seeds, files and masks".

import assert from "node:assert/strict";
import { test } from "node:test";
import { openGuide } from "../../support/guide.js";
import { requests } from "../../support/requests.js";

const guide = openGuide("parameters");

test("values, seeds, files and a mask arrive as given", async () => {
  // The guide's own mask.js draws on a canvas: the browser's test has it.
  guide.write(
    "mask.js",
    "export const maskOf = async (picture) => picture.slice(0, picture.size, 'image/png');",
  );
  await guide.run();
  const [values, fixed, drawn, repeated, file, masked, other, ...more] = await requests(guide.endpoint);
  assert.deepEqual(more, []);
  assert.equal(
    values.params,
    '{"6-inputs-text":"a red fox in the snow","3-inputs-steps":12,"3-inputs-cfg":4.5}',
  );
  assert.equal(values.workflow_api ?? null, null, "the workflow is not sent");
  assert.equal(fixed.params, '{"3-inputs-seed":18446744073709551615}');
  assert.match(drawn.params, /^\{"3-inputs-seed":\d+\}$/);
  assert.equal(repeated.params, drawn.params);
  assert.deepEqual(namesOf(file), ["1-inputs-image"]);
  assert.deepEqual(namesOf(masked), ["1-inputs-image", "1-inputs-image-viewcomfymask"]);
  assert.match(other.workflow_api, /11400714819323198485/);
});

test("what would be sent is shown, with a warning", async () => {
  await guide.run();
  const built = guide.said.find((line) => line.startsWith('{"3-inputs-steps":"12"'));
  assert.match(built, /^\{"3-inputs-steps":"12","3-inputs-seed":\d+\}$/);
  assert.match(guide.said.join("\n"), /^3-inputs-steps .+ /m);
  assert.ok(guide.said.includes("true"), "the second run took the same seed");
});

function namesOf({ files }) {
  return files.map(({ name }) => name);
}

guide.lastTest();
