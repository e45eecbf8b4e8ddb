// Searches the built documentation as its search box does: VitePress's local index, with its settings.

import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const site = fileURLToPath(new URL("../../docs/site/", import.meta.url));
const chunks = join(site, ".vitepress", "dist", "assets", "chunks");

/** As in VitePress's VPLocalSearchBox.vue. */
const SETTINGS = {
  fields: ["title", "titles", "text"],
  storeFields: ["title", "titles"],
  searchOptions: { fuzzy: 0.2, prefix: true, boost: { title: 4, text: 2, titles: 1 } },
};

/** The addresses found for each term, best first. @param {string[]} terms */
export async function search(terms) {
  const name = readdirSync(chunks).find((file) => file.startsWith("@localSearchIndexroot"));
  const { default: index } = await import(pathToFileURL(join(chunks, name)).href);
  const MiniSearch = createRequire(join(site, "package.json"))("minisearch");
  const engine = MiniSearch.loadJSON(index, SETTINGS);
  return Object.fromEntries(terms.map((term) => [term, engine.search(term).map(({ id }) => String(id))]));
}
