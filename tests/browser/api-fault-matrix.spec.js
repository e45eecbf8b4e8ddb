// Every cell of the fault matrix that a page can meet.

import { expect } from "@playwright/test";

import { WAYS } from "../support/describe.js";
import { expectationOf } from "../support/matrix/check.js";
import { test } from "../support/matrix/page.js";
import { ROWS } from "../support/matrix/rows.js";

for (const way of WAYS) {
  test.describe(way, () => {
    for (const row of ROWS.filter((each) => expectationOf(each, way))) {
      test(row.fault, async ({ cell }) => {
        expect(await cell(row, way)).toEqual([]);
      });
    }
  });
}
