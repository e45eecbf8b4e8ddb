// The form: what a person would set, grouped by node, the rest behind one press. Values are those of the table.

import { el } from "./dom.js";
import { fieldInput } from "./form-field.js";
import { count } from "./format.js";
import { endAll } from "./issues.js";
import { nodeHead } from "./params-card.js";
import { createRow } from "./params-row.js";
import { scrollBehavior } from "./scroll.js";
import { inSlices } from "./slices.js";

/** A form of so few fields is shown whole. */
const FEW = 16;

/** Whether the advanced part is open, kept from one workflow to the next once the person chose. */
let advancedOpen = null;

/** Builds the form of an inspected session. */
export function createForm({ session, showInGraph, goToNode, showAll, alive }) {
  const { form, workflow, changes, issues, library } = session;
  const rows = new Map();
  const inputs = new Map(workflow.inputs.map((input) => [input.key, input]));
  const basic = el("div", { class: "groups" });
  /** Opens what is folded away; the promise is of its fields. */
  let unfold = null;
  const element = el("div", { class: "form" }, intro(form), basic);
  const show = (key, origin) => rows.get(key)?.update(origin);
  const ends = [changes.subscribe(show), issues.subscribe(show)];
  const built = fill(basic, form.basic);
  if (visible(form.advanced).length > 0) element.append(advanced(visible(form.advanced)));
  if (visible(form.basic).length + visible(form.advanced).length === 0) element.append(nothing(showAll));

  function fill(place, groups) {
    return inSlices(visible(groups), (group) => addGroup(place, group), { alive });
  }

  function addGroup(place, group) {
    const node = { id: group.node, title: group.title, classType: group.classType };
    const members = group.fields
      .filter((field) => field.visible && inputs.has(field.key))
      .map((field) => rowOf(field, group));
    if (members.length === 0) return;
    place.append(
      el(
        "section",
        { class: "card node", "aria-label": group.title },
        nodeHead(node, showInGraph),
        members.map((row) => row.element),
      ),
    );
  }

  function rowOf(field, group) {
    const input = fieldInput(field, inputs.get(field.key), group);
    const row = createRow({ input, workflow, changes, issues, library, goToNode });
    rows.set(field.key, row);
    return row;
  }

  function advanced(groups) {
    const fields = fieldsOf(groups);
    const place = el("div", { class: "groups" });
    const details = el(
      "details",
      { class: "advanced" },
      el(
        "summary",
        {},
        el("h3", {}, "Advanced"),
        el("span", { class: "muted" }, `${count(fields, "parameter")} of ${count(groups.length, "node")}`),
      ),
      place,
    );
    let filling = null;
    const open = () => {
      if (details.open) filling ??= fill(place, groups);
      return filling;
    };
    unfold = () => {
      details.open = true;
      return open();
    };
    details.open = advancedOpen ?? fields + fieldsOf(visible(form.basic)) <= FEW;
    open();
    details.querySelector("summary").addEventListener("click", () => {
      advancedOpen = !details.open;
    });
    details.addEventListener("toggle", open);
    return details;
  }

  /** Brings a parameter into view and gives it the focus; false when the form has no field for it. */
  async function focusKey(key, { scroll = true } = {}) {
    if (!fieldsShown(form).some((field) => field.key === key)) return false;
    await built;
    if (!rows.has(key)) await unfold?.();
    const row = rows.get(key);
    if (!row) return false;
    if (!row.element.checkVisibility()) await unfold?.();
    if (scroll) row.element.scrollIntoView({ block: "center", behavior: scrollBehavior() });
    row.focus();
    return true;
  }

  return { element, end: () => endAll(ends), focusKey };
}

function fieldsShown({ basic, advanced }) {
  return [...visible(basic), ...visible(advanced)].flatMap((group) =>
    group.fields.filter((field) => field.visible),
  );
}

function fieldsOf(groups) {
  return groups.reduce((sum, group) => sum + group.fields.filter((field) => field.visible).length, 0);
}

function visible(groups) {
  return groups.filter((group) => group.visible && group.fields.some((field) => field.visible));
}

function intro({ title, description }) {
  if (!title && !description) return null;
  return el(
    "div",
    { class: "form-intro" },
    title && el("h3", {}, title),
    description && el("p", { class: "muted" }, description),
  );
}

function nothing(showAll) {
  return el(
    "div",
    { class: "blank" },
    el("p", {}, "This workflow has nothing that a form would ask for."),
    el("button", { type: "button", class: "button small", on: { click: showAll } }, "Show all parameters"),
  );
}

/** What stands in the form's place until the workflow was looked at. */
export function formGhost() {
  return el(
    "div",
    { role: "status" },
    el("p", { class: "visually-hidden" }, "Making the form …"),
    el("div", { class: "ghost" }),
    el("div", { class: "ghost" }),
  );
}
