// The sizes of what a page downloads.

import { measureSizes } from "../../scripts/sizes.js";
import { printTable } from "../table.js";

export function measureDownload() {
  const rows = measureSizes();
  const titles = ["", "raw", "gzip", "brotli"];
  printTable(
    "download, bytes",
    titles,
    rows.map(({ name, raw, gzip, brotli }) => [name, ...[raw, gzip, brotli].map(String)]),
  );
  return rows;
}
