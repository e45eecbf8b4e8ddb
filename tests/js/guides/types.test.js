// The guide "Types for a workflow".

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openGuide } from "../../support/guide.js";
import { complaintsOf } from "../../support/guide-types.js";
import { requests } from "../../support/requests.js";

const guide = openGuide("types");
const [plain, withChoices] = guide.blocks.filter(({ lang }) => lang === "sh");

test("the command writes types that the guide's program compiles with", async () => {
  const { code, stderr } = await guide.shell(plain.name);
  assert.equal(code, 0, stderr);
  const program = guide.blocks.filter(({ lang }) => lang === "ts").map((block) => block.code);
  const file = guide.write("program.ts", program.join("\n"));
  assert.deepEqual(complaintsOf([file]), []);
});

test("without the expected errors the same program does not compile", () => {
  const program = guide.blocks.filter(({ lang }) => lang === "ts").map((block) => block.code);
  const file = guide.write("program.ts", program.join("\n").replaceAll("// @ts-expect-error", "//"));
  const complaints = complaintsOf([file]);
  assert.equal(complaints.length, 2, complaints.join("\n"));
});

test("the program runs", async () => {
  await guide.run();
  assert.equal((await requests(guide.endpoint))[0].state, "finished");
});

test("with a server's definitions choices become a union", async () => {
  const { code, stderr } = await guide.shell(withChoices.name);
  assert.equal(code, 0, stderr);
  assert.match(readFileSync(join(guide.folder, "workflow.d.ts"), "utf8"), /"euler"\s*\|/);
});

guide.lastTest();
