// The packed package in every bundler and runtime: each cell of the matrix is one test.

import { after, describe, test } from "node:test";

import { startSmallEndpoint } from "../support/small-endpoint.js";
import { findCells, placeApp } from "./support/cells.js";
import { closeBrowser } from "./support/page.js";

const SPEED = 100;
const cells = await findCells();

describe("the packed package", { concurrency: 2 }, () => {
  after(closeBrowser);
  for (const cell of cells) {
    test(`${cell.where}: ${cell.tried}`, async () => {
      const endpoint = await startSmallEndpoint({ speed: SPEED });
      try {
        await cell.run({ directory: placeApp(cell), endpoint: endpoint.url });
      } finally {
        await endpoint.close();
      }
    });
  }
});
