// Every cell of the fault matrix that Node can meet.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { watchWasmMemory } from "../../benches/wasm-memory.js";
import { WAYS } from "../support/describe.js";
import { readMuch, runCell } from "../support/matrix/cell.js";
import { differencesOf, expectationOf, ROOM, startFaultServers } from "../support/matrix/check.js";
import { watchLeftovers } from "../support/matrix/leftovers.js";
import { ROWS } from "../support/matrix/rows.js";
import { PATIENCE } from "../support/patience.js";

let servers;
let lib;
let wasmBytes;

before(async () => {
  watchLeftovers();
  watchWasmMemory();
  lib = await import("../../pkg/node.js");
  await lib.default();
  servers = await startFaultServers();
  for (const way of WAYS)
    assert.deepEqual(
      await tried(
        ROWS.find(({ fault }) => fault.includes("gzip")),
        way,
      ),
      [],
    );
  await readMuch(lib);
  wasmBytes = globalThis.wasmMemoryBytes();
});
after(() => servers.close());

const tried = (row, way) =>
  differencesOf({ row, way, engine: "node", servers, run: (cell) => runCell(lib, cell) });

for (const way of WAYS) {
  describe(way, () => {
    for (const row of ROWS.filter((each) => expectationOf(each, way, "node"))) {
      test(row.fault, PATIENCE, async () => {
        assert.deepEqual(await tried(row, way), []);
        assert.ok(globalThis.wasmMemoryBytes() <= wasmBytes + ROOM, "memory of the wasm");
      });
    }
  });
}
