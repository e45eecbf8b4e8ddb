// The guide "Tags for any page": its programs are run in a page by tests/browser/docs-guides.spec.js; here its declarations
// for JSX are compiled, with what they let through and what they refuse.

import assert from "node:assert/strict";
import { test } from "node:test";

import { openGuide } from "../../support/guide.js";
import { complaintsOf } from "../../support/guide-types.js";

const guide = openGuide("element");

const use = (attribute) => `
export const use = (text: string) => (
  <>
    <viewcomfy-app workflow={text} ${attribute} onresult={(event) => event.detail} />
    <comfy-workflow src="/picture.png" />
  </>
);
`;

test("with the guide's declarations JSX knows the tags and their properties", () => {
  const declarations = guide.write("tags.d.ts", guide.take(guide.block("tags.d.ts")).code);
  const right = guide.write("right.tsx", use('endpoint="/api/viewcomfy"'));
  assert.deepEqual(complaintsOf([declarations, right]), []);
  const wrong = guide.write("wrong.tsx", use("endpoint={5}"));
  assert.match(complaintsOf([declarations, wrong]).join("\n"), /^TS2322 .*number.*string/);
});

guide.lastTest();
