// How long a result takes, from the call to readable files, for every size and contender.

import { withBrowser } from "../browser.js";
import { drop, prepare, receive, verify } from "../in-page.js";
import { contendersAt, pathOf, quickestFloor, sizeOf } from "../result-sizes.js";
import { inRounds } from "../rounds.js";
import { printStandings } from "../table.js";

const MB = 1024 * 1024;
/** Up to this size a contender keeps its page for all rounds; its files are released before they add up to much. */
const PAGE_KEPT = 8 * MB;
/** From this size on, even the browser is a new one: the files of earlier pages may still affect the next. */
const BROWSER_FRESH = 256 * MB;
/** The size of the result that warms a new page up. */
const WARM_UP = 8 * MB;

/** @returns {Promise<object[]>} one entry per size */
export async function measureResults(setting, flags) {
  const all = [];
  for (const name of flags.sizes) {
    const size = sizeOf(name);
    const rounds = flags.rounds ?? roundsFor(size);
    const standings = await measureSize(setting, size, rounds, flags.isWanted);
    const floor = quickestFloor(standings);
    printStandings(
      `result of ${size.label}, ms (${rounds} rounds)`,
      standings,
      floor ? [`the floor: ${floor}`] : [],
    );
    all.push({ ...size, floor, standings });
  }
  return all;
}

function roundsFor({ total }) {
  if (total <= PAGE_KEPT) return 9;
  return total < BROWSER_FRESH ? 5 : 3;
}

function measureSize(setting, size, rounds, isWanted) {
  const names = contendersAt(size).filter(isWanted);
  if (size.total >= BROWSER_FRESH)
    return inRounds(names, rounds, (name) =>
      withBrowser(setting, (browser) => onFreshPage(browser, name, size)),
    );
  return withBrowser(setting, async (browser) => {
    if (size.total > PAGE_KEPT) return inRounds(names, rounds, (name) => onFreshPage(browser, name, size));
    const pages = {};
    for (const name of names) pages[name] = await warmPage(browser, name, size);
    return inRounds(names, rounds, (name) => timed(browser, pages[name], name, size));
  });
}

async function onFreshPage(browser, name, size) {
  const page = await warmPage(browser, name, size);
  try {
    return await timed(browser, page, name, size);
  } finally {
    await page.close();
  }
}

async function warmPage(browser, name, size) {
  const page = await browser.page();
  await prepare(page, name);
  const small = { outputs: 1, bytes: Math.min(size.total, WARM_UP) };
  await receive(page, name, pathOf(small));
  await drop(page);
  return page;
}

/** Only a run whose files are correct counts. */
async function timed(browser, page, name, size) {
  await browser.tidy(page);
  const ms = await receive(page, name, pathOf(size));
  await verify(page, name, size);
  await drop(page);
  return ms;
}
