// No change of the published surface goes unseen: it is compared with the reviewed copy, entry by entry.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { root } from "../../scripts/run.js";
import { REVIEWED, readSurface } from "../../scripts/surface.js";

const ADVICE =
  "the published surface is not the reviewed one; if that is meant, run `npm run surface`, read the difference, commit it";
const surface = readSurface();
const { exports: entries } = JSON.parse(readFileSync(join(root, "pkg", "package.json"), "utf8"));

for (const [name, text] of surface) {
  test(`pkg/${name} declares what was reviewed`, () => {
    const file = join(root, REVIEWED, name);
    assert.equal(text, existsSync(file) ? readFileSync(file, "utf8") : "", ADVICE);
  });
}

test("every declaration that the package exports is among them, and no other", () => {
  const published = Object.values(entries).flatMap(({ types }) => (types ? [types.replace("./", "")] : []));
  assert.deepEqual([...surface.keys()], [...new Set(published)].sort());
  assert.deepEqual(readdirSync(join(root, REVIEWED)).sort(), [...surface.keys()], ADVICE);
});
