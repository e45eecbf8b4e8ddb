// The glue and the wasm get the same short names, or the build ends.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withShortNames } from "../../scripts/short-names.js";

const GLUE = `function imports() {
    const import0 = {
        __wbg_length_1: function(arg0) {
            return wasm.memory.buffer.byteLength + arg0;
        },
    };
    return { "./glue_bg.js": import0 };
}
export const memory = () => wasm.memory;`;
const IMPORTS = [["./glue_bg.js", "__wbg_length_1", "a"]];
const told = (imports, exports) => JSON.stringify({ imports, exports });

test("imports, exports and their module are renamed, and nothing else", () => {
  const text = withShortNames(GLUE, told(IMPORTS, [["memory", "b"]]));
  assert.equal(
    text,
    GLUE.replace("__wbg_length_1", "a").replace('"./glue_bg.js"', "a").replaceAll("wasm.memory", "wasm.b"),
  );
});

test("a name that only one of them has ends the build", () => {
  const exports = [["memory", "b"]];
  for (const printed of [
    told(IMPORTS, []),
    told([["./glue_bg.js", "__wbg_other_2", "a"]], exports),
    told([...IMPORTS, ...IMPORTS], exports),
  ])
    assert.throws(() => withShortNames(GLUE, printed), /do not agree on/);
});
