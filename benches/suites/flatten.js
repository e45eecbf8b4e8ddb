// How long flattening takes: three forms, three sizes.

import { withBrowser } from "../browser.js";
import { flattenRounds, prepare } from "../in-page.js";
import { standing } from "../rounds.js";
import { printTable } from "../table.js";

const SIZES = { "34 KB": 34_000, "0.6 MB": 600_000, "6 MB": 6_000_000 };
const ROUNDS = { "34 KB": 61, "0.6 MB": 61, "6 MB": 31 };

/** @returns {Promise<object[]>} one entry per size and form */
export async function measureFlatten(setting, flags) {
  const all = [];
  for (const [size, bytes] of Object.entries(SIZES)) {
    const times = await withBrowser(setting, async (browser) => {
      const page = await browser.page();
      await prepare(page, "ours");
      return flattenRounds(page, bytes, flags.rounds ? flags.rounds * 5 : ROUNDS[size]);
    });
    for (const [form, each] of Object.entries(times)) {
      const standings = { ours: standing(each.ours), reference: standing(each.reference) };
      all.push({ size, bytes: each.bytes, form, standings });
    }
  }
  printTable("flatten, ms per call", ["", "ours", "reference", "×"], all.map(rowOf));
  return all;
}

function rowOf({ size, form, standings: { ours, reference } }) {
  const ratio = (reference.median / ours.median).toFixed(2);
  return [`${size}, ${form}`, ours.median.toFixed(3), reference.median.toFixed(3), ratio];
}
