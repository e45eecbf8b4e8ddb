// How long a long log takes, with one call of the callback per line.

import { withBrowser } from "../browser.js";
import { prepare, receiveLogs } from "../in-page.js";
import { inRounds } from "../rounds.js";
import { printStandings } from "../table.js";

const LINES = 200_000;
const PATH = `/large?logs=${LINES}&bytes=1024`;
const NAMES = ["limit", "ours", "best JavaScript", "reference"];
const ROUNDS = 11;

export async function measureLogs(setting, flags) {
  const rounds = flags.rounds ?? ROUNDS;
  const names = NAMES.filter(flags.isWanted);
  const standings = await withBrowser(setting, async (browser) => {
    const pages = {};
    for (const name of names) pages[name] = await warmPage(browser, name);
    return inRounds(names, rounds, async (name) => {
      await browser.tidy(pages[name]);
      return receiveLogs(pages[name], name, PATH, LINES);
    });
  });
  printStandings(`${LINES.toLocaleString("en")} log lines, ms (${rounds} rounds)`, standings);
  return { lines: LINES, standings };
}

async function warmPage(browser, name) {
  const page = await browser.page();
  await prepare(page, name);
  await receiveLogs(page, name, PATH, LINES);
  return page;
}
