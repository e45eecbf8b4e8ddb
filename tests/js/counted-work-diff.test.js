// What a small change costs `diffWorkflows`: about what the comparison of equal workflows costs, however far the nodes are that
// the changed one leads to. What the wasm does is counted, not timed. COUNTED_WORK=1 shows the counts.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import init, * as lib from "../../pkg/inspect-node.js";
import { countWork, growthOf, initCounted } from "../support/counted-work.js";

const COUNT = 2000;
const MAX_GROWTH = 2.2;
/** How often what is told apart may be looked at again. */
const MAX_TIMES = 1.4;
/** Where no id says which node is which, they are also held against each other by less and less. */
const MAX_TIMES_WITHOUT_IDS = 1.9;

/** For each shape the node that feeds the node at `at`; null for none. */
const SHAPES = {
  "a chain": (at) => (at > 0 ? at - 1 : null),
  "a star": (at) => (at > 0 ? 0 : null),
  "a tree": (at) => (at > 0 ? (at - 1) >> 1 : null),
  "small circles": (at) => at ^ 1,
};
/** Of what the nodes have in common, and what names them in the second workflow. */
const NODES = {
  "of one class": { value: (at) => at },
  "all alike": { value: () => 7 },
  "of other ids": { value: (at) => at, id: (at) => `x${at}`, most: MAX_TIMES_WITHOUT_IDS },
  "of exchanged ids": { value: (at) => at, id: (at, count) => (at + 1) % count },
};

before(() => initCounted(init, "viewcomfy_inspect_bg.wasm"));

function workflow(count, from, { value, id = (at) => at }) {
  const nodes = Array.from({ length: count }, (_, at) => {
    const source = from(at);
    const inputs = { seed: value(at), ...(source !== null && { image: [`${id(source, count)}`, 0] }) };
    return [`${id(at, count)}`, { class_type: "ImageScale", inputs }];
  });
  return JSON.stringify(Object.fromEntries(nodes));
}

/** The workflow, and the same once more, with another value at a node in the middle if that is wanted. */
function pair(count, from, { value, id }, isChanged) {
  const changed = (at) => (isChanged && at === count >> 1 ? "other" : value(at));
  return [workflow(count, from, { value }), workflow(count, from, { value: changed, id })];
}

for (const [shape, from] of Object.entries(SHAPES)) {
  describe(`diffWorkflows: one value of ${shape}`, () => {
    for (const [name, nodes] of Object.entries(NODES)) {
      test(`nodes ${name}`, async (t) => {
        const compare = ([a, b]) => lib.diffWorkflows(a, b);
        const same = await countWork(compare, pair(COUNT, from, nodes, false));
        const make = (count) => pair(count, from, nodes, true);
        const { works, growth } = await growthOf(COUNT, make, MAX_GROWTH, compare);
        const counts = `${same} without a change, with it ${works.join(", ")}`;
        if (process.env.COUNTED_WORK) t.diagnostic(`${counts}: ${(works[0] / same).toFixed(2)} times`);
        assert.ok(growth <= MAX_GROWTH, counts);
        assert.ok(works[0] <= (nodes.most ?? MAX_TIMES) * same, counts);
      });
    }
  });
}
