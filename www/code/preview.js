// The tags at work: the package's own, with the open workflow, its changes, and the page's address. Loaded when first shown.

import { el } from "../dom.js";
import { laterStyle } from "../later-style.js";
import { segments } from "../switches.js";
import { valueInFile } from "./tag-parts.js";

const HINTS = {
  app: "The tag itself, with your changes. What it makes is shown here only.",
  file: "The tag itself, with the file as it was opened. Nothing runs.",
};
const GOING = new Set(["sending", "waiting", "running"]);

/** Builds the preview; `show(parts)` fills it, with the same tags as long as the same workflow lies open. */
export function createPreview() {
  const choice = segments("Live preview", "embed-tag", {
    app: "<viewcomfy-app>",
    file: "<comfy-workflow>",
  });
  const hint = el("p", { class: "muted hint" });
  const said = el("p", { class: "muted" });
  const stage = el("div", { class: "embed-stage" }, said);
  const element = el(
    "section",
    // What is typed there is for the tag, not for the page around it.
    { class: "embed", "aria-label": "Live preview", on: { keydown: (event) => event.stopPropagation() } },
    choice.element,
    hint,
    stage,
    el("p", { class: "muted hint" }, "React, Vue, styles and events: the guide “Tags for any page”."),
  );
  let present = /** @type {any} */ (null);
  /** The session that the tags are of. */
  let session = null;
  let tags = /** @type {Record<string, any>} */ ({});
  /** The values that the form was given. */
  let given = /** @type {Record<string, any>} */ ({});
  choice.element.addEventListener("change", fill);

  function show(parts) {
    present = parts;
    return fill();
  }

  async function fill() {
    hint.textContent = HINTS[choice.value()];
    if (present.session !== session) forget();
    if (!present.tags) return say("Open a workflow to try it here.");
    try {
      await Promise.all([import("viewcomfy-wasm/element"), laterStyle()]);
    } catch {
      return say("The tags could not be loaded. Check the connection, then choose HTML again.");
    }
    place();
  }

  function forget() {
    for (const tag of Object.values(tags)) tag.remove();
    session = present.session;
    tags = {};
    given = {};
  }

  function say(text) {
    said.textContent = text;
    said.hidden = false;
  }

  /** Puts the chosen tag there. The other one stays as it is, out of sight. */
  function place() {
    if (!present.tags) return;
    const chosen = choice.value();
    tags[chosen] ??= stage.appendChild(el(chosen === "app" ? "viewcomfy-app" : "comfy-workflow"));
    said.hidden = true;
    for (const [name, tag] of Object.entries(tags)) tag.hidden = name !== chosen;
    if (tags.app) fitForm(tags.app);
    if (tags.file) fitFile(tags.file);
  }

  function fitFile(tag) {
    const { file, definitions } = present.tags;
    Object.assign(tag, { workflow: file, definitions });
  }

  function fitForm(app) {
    const { endpoint, credentials, rewriteUrl, sendWorkflow } = present;
    const { workflow, definitions, values } = present.tags;
    const clientOptions = { ...credentials, rewriteUrl };
    Object.assign(app, { workflow, definitions, endpoint, sendWorkflow, clientOptions });
    const moved = Object.keys({ ...given, ...values }).filter((key) => given[key] !== values[key]);
    const wanted = (key) => (key in values ? values[key] : valueInFile(session, key));
    if (moved.length > 0) app.values = Object.fromEntries(moved.map((key) => [key, wanted(key)]));
    given = values;
  }

  return {
    element,
    show,
    /** Whether its form has a run that goes on. */
    isRunning: () => GOING.has(tags.app?.status),
  };
}
