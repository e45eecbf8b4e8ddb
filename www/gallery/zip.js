// Several outputs as one zip file.

import { downloadZip } from "client-zip";

import { saveBlob } from "../download.js";
import { uniqueNames } from "./names.js";

/**
 * Saves outputs as one zip; `names` are theirs unless given. What cannot be fetched is left out.
 *
 * @param {{ filename: string, blob(): Promise<Blob> }[]} outputs
 * @returns {Promise<string[]>} the names of those that were left out
 */
export async function saveZip(
  outputs,
  { names = outputs.map(({ filename }) => filename), as = "outputs.zip" } = {},
) {
  const contents = await Promise.all(outputs.map((output) => output.blob().catch(() => null)));
  const unique = uniqueNames(names);
  const entries = contents.flatMap((input, at) => (input ? [{ name: unique[at], input }] : []));
  if (entries.length === 0) throw new Error("none of the files can be fetched from here");
  saveBlob(await downloadZip(entries).blob(), as);
  return names.filter((_, at) => contents[at] === null);
}
