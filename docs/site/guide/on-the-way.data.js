// What can happen to a run on its way, as the tests have it: tests/support/matrix/rows.js.

import { join } from "node:path";
import { pathToFileURL } from "node:url";

export default {
  async load() {
    const rows = pathToFileURL(join(process.cwd(), "../../tests/support/matrix/rows.js")).href;
    const { GROUPS, NAMES } = await import(/* @vite-ignore */ rows);
    return GROUPS.map(({ title, rows }) => ({
      title,
      rows: rows.map((row) => ({
        fault: inHtml(row.fault),
        gives: [row.infer, row.streamed, row.follow].map(inWords),
        except: (row.except ?? []).map(({ engines, because, gives, ways }) =>
          exception(engines.map((engine) => NAMES[engine]).join(", "), because, gives, ways),
        ),
      })),
    }));
  },
};

const WORDS = { result: "the result", "the reason": "the signal’s reason" };

function inWords(expected) {
  if (expected === null) return "–";
  return WORDS[expected.code] ?? `<code>${expected.code}</code>`;
}

function exception(engine, because, gives, ways) {
  const where = ways ? ` with ${ways.map((way) => `<code>${way}</code>`).join(", ")}` : "";
  return `${engine}${where}${gives ? `: ${inWords(gives)}` : ""}. ${because}.`;
}

function inHtml(text) {
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return escaped.replace(/`([^`]+)`/g, "<code>$1</code>");
}
