// The table of README.md, made from the cells so that it cannot go stale. `node tests/packaging/support/table.js` writes it.

import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { isMain } from "../../../scripts/run.js";
import { findCells } from "./cells.js";

const README = fileURLToPath(new URL("../README.md", import.meta.url));
const TABLE = /(?<=<!-- cells -->\n)[\s\S]*?(?=<!-- end of cells -->)/;

/** What README.md says, and what it should say. @returns {Promise<{ present: string, right: string }>} */
export async function readTable() {
  const cells = await findCells();
  const rows = cells.map(({ where, tried, setting, folder }) => [
    `[${where}](cells/${folder}/)`,
    tried,
    setting ?? "none",
  ]);
  const lines = [["where", "what is tried", "setting it needs"], ["---", "---", "---"], ...rows];
  const present = readFileSync(README, "utf8");
  const table = lines.map((columns) => `| ${columns.join(" | ")} |\n`).join("");
  return { present, right: present.replace(TABLE, () => table) };
}

if (isMain(import.meta.url)) writeFileSync(README, (await readTable()).right);
