// What lies unfinished from before: workflows with changes in them, to go on with after a reload or another day.

import { byId, el, iconButton } from "./dom.js";
import { count } from "./format.js";
import { forgetEdits, listEdits } from "./kept-edits.js";

/** Lists them where nothing is open yet; `open(name, text)` opens one. */
export function setUpUnfinished({ open }) {
  render();

  function render() {
    const records = listEdits().filter(({ text }) => text !== null);
    const place = byId("unfinished");
    place.hidden = records.length === 0;
    place.replaceChildren(
      el("h3", { class: "overline" }, "Or go on where you left off"),
      el("ul", { class: "unfinished-list" }, records.map(entry)),
    );
  }

  function entry({ id, name, at, count: number, files, text }) {
    const when = new Date(at);
    const changes = number + Object.keys(files).length;
    return el(
      "li",
      {},
      el(
        "button",
        { type: "button", class: "example", on: { click: () => open(name, text) } },
        el("bdi", { class: "example-title" }, name),
        el(
          "span",
          { class: "muted" },
          `${count(changes, "change")} · `,
          el(
            "time",
            { datetime: when.toISOString() },
            when.toLocaleString([], { timeStyle: "short", dateStyle: "medium" }),
          ),
        ),
      ),
      iconButton("close", `Forget the changes of ${name}`, () => {
        forgetEdits(id);
        render();
      }),
    );
  }
}
