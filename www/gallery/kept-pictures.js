// The pictures of kept runs, and in which values the runs differ.

import { webAddress } from "../../pkg/src/view/dom.js";
import { shownAddress } from "../../pkg/src/view/shown-address.js";
import { el } from "../dom.js";

/**
 * The pictures of runs with addresses; `release()` gives these back.
 *
 * @param {{ run: any, contents: any }[]} runs
 */
export async function picturesOf(runs) {
  const made = [];
  const addressOf = async (blob, url) => {
    if (!blob) return webAddress(url, location.href);
    // One that cannot be shown has its name alone.
    const address = await shownAddress(blob).catch(() => "");
    made.push(address);
    return address;
  };
  const picturesOfRun = ({ run, contents }) =>
    run.outputs.flatMap(({ filename, contentType, url }, at) => {
      const blob = contents?.files[at];
      const isShown = contentType.startsWith("image/") && (blob || url);
      return isShown ? [addressOf(blob, url).then((src) => ({ filename, src }))] : [];
    });
  const pictures = await Promise.all(runs.map((run) => Promise.all(picturesOfRun(run))));
  return {
    pictures,
    release: () => {
      for (const address of made) URL.revokeObjectURL(address);
    },
  };
}

/**
 * The values in which runs differ: their keys, each with one text for each run. What a run did not change is among its file's
 * `own` values.
 *
 * @param {{ contents: any, own: Record<string, any> }[]} runs
 * @returns {[string, string[]][]}
 */
export function differences(runs) {
  const keys = new Set(runs.flatMap(({ contents }) => Object.keys(contents?.values ?? {})));
  const values = runs.map(({ contents, own }) => ({ ...own, ...contents?.values }));
  return [...keys].flatMap((key) => {
    const texts = values.map((each) => textOf(each[key]));
    return new Set(texts).size > 1 ? [[key, texts]] : [];
  });
}

function textOf(value) {
  if (value === undefined) return "not kept";
  if (value instanceof Blob) return /** @type {any} */ (value).name ?? "a file";
  if (value?.image instanceof Blob) return `${textOf(value.image)}, masked`;
  if (typeof value === "bigint") return String(value);
  return typeof value === "string"
    ? value
    : JSON.stringify(value, (_, part) => (typeof part === "bigint" ? String(part) : part));
}

/** What a run is called beside others: its name, its time, its seeds. */
export function runCaption(run) {
  const seeds = run.seeds.map(({ value }) => value).join(", ");
  const time = new Date(run.at).toLocaleString([], { timeStyle: "short", dateStyle: "medium" });
  return el(
    "span",
    { class: "run-caption" },
    el("bdi", {}, run.name),
    el("span", { class: "muted" }, [time, seeds && `seed ${seeds}`].filter(Boolean).join(" · ")),
  );
}
