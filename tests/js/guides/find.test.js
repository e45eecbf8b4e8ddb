// The guide "Find workflows in files".

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { openGuide } from "../../support/guide.js";
import { lastRequest } from "../../support/requests.js";

const guide = openGuide("find");
const fixture = (name) => readFileSync(new URL(`../../fixtures/found/${name}`, import.meta.url));

test("a picture's workflow is found and run again", async () => {
  guide.chosen = () => new File([fixture("text.png")], "picture.png");
  await guide.run();
  assert.match(guide.said[0], /^png .*tEXt chunk "prompt"/);
  assert.match(guide.said[1], /^\d+$/);
  assert.equal(guide.said[2], "707", "the named run of a server's history");
  assert.equal(guide.said[3], "damaged_file png");
  const sent = await lastRequest(guide.endpoint);
  assert.ok(JSON.parse(sent.workflow_api), "what was found is what ran");
});

test("a file that is dropped is looked into", async () => {
  guide.chosen = () => new File([fixture("text.png")], "picture.png");
  await guide.run();
  const event = {
    preventDefault() {},
    dataTransfer: { files: [new File([fixture("film.mp4")], "film.mp4")] },
  };
  guide.page.listeners.dragover(event);
  await guide.page.listeners.drop(event);
  assert.equal(guide.said.at(-1), "film.mp4 true");
});

guide.lastTest();
