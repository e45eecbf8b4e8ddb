// What can be done with an output: save it, copy it, put it into a field, open the workflow that made it.

import { webAddress } from "../../pkg/src/view/dom.js";
import { deployment } from "../deployment.js";
import { el, icon, iconButton } from "../dom.js";
import { saveBlob } from "../download.js";
import { canCopy, copyOutput } from "./copy.js";
import { safeName } from "./names.js";

/**
 * @typedef {object} Uses what the page can do with an output
 * @property {(media: string) => { key: string, label: string }[]} fields those of the open workflow that take such a file
 * @property {(key: string, file: File) => void} use puts a file into one of them
 * @property {(source: { name: string, source: Blob | string }) => void} open opens a file or a workflow's text
 * @property {(blob: Blob) => Promise<boolean>} holdsWorkflow
 */

const MEDIA = new Set(["image", "video", "audio"]);

/** The save button; `note` is where it says why it could not. */
export function saveButton({ output }, note) {
  const button = el("button", { type: "button", class: "button small" }, icon("save"), "Save");
  button.setAttribute("aria-label", `Save ${output.filename}`);
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      saveBlob(await output.blob(), safeName(output.filename));
    } catch {
      cannotFetch(output, note);
    }
    button.disabled = false;
  });
  return button;
}

/** The other uses, as icons. `done()` is called when one of them leads elsewhere on the page. */
export function actionsFor(item, uses, note, done = () => {}) {
  const { output, media } = item;
  const act = (work) => async () => {
    try {
      await work();
    } catch {
      cannotFetch(output, note);
    }
  };
  return [
    canCopy(media.kind) && iconButton("copy", `Copy ${output.filename}`, () => copyAndSay(item, note)),
    uses && MEDIA.has(media.kind) && inputButton(item, uses, act, done),
    uses &&
      iconButton(
        "open",
        `Open the workflow of ${output.filename}`,
        act(async () => {
          await openWorkflow(item, uses, note, done);
        }),
      ),
  ];
}

async function copyAndSay({ output, media }, note) {
  try {
    await copyOutput(output, media.kind);
    note.textContent = "Copied";
  } catch {
    note.textContent = "The browser did not let it be copied; it can be saved";
  }
}

function inputButton({ output, media }, uses, act, done) {
  const use = act(async () => {
    const fields = uses.fields(media.kind);
    if (fields.length === 0) return;
    const blob = await output.blob();
    const file = new File([blob], safeName(output.filename), { type: output.contentType });
    if (fields.length === 1) {
      done();
      uses.use(fields[0].key, file);
    } else {
      menu.replaceChildren(
        ...fields.map(({ key, label }) =>
          el(
            "button",
            choiceProps(() => done(uses.use(key, file))),
            label,
          ),
        ),
      );
      menu.hidden = false;
      menu.querySelector("button").focus();
    }
  });
  const button = iconButton("input", `Use ${output.filename} as input`, use, {
    disabled: uses.fields(media.kind).length === 0,
  });
  const menu = el("div", { class: "use-menu", hidden: true, role: "group", "aria-label": "Which field" });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    menu.hidden = true;
    button.focus();
  });
  menu.addEventListener("click", () => (menu.hidden = true));
  return el("span", { class: "use" }, button, menu);
}

function choiceProps(onClick) {
  return { type: "button", class: "button small quiet", on: { click: onClick } };
}

/** The file's own workflow, which has the editor's graph; else the one that the server says has run. */
async function openWorkflow({ output, workflow }, uses, note, done) {
  const blob = await output.blob();
  const isOwn = await uses.holdsWorkflow(blob).catch(() => false);
  if (!isOwn && workflow === null) {
    note.textContent = "There is no workflow in this file, and the server did not tell the one that ran";
    return;
  }
  done();
  const stem = safeName(output.filename).replace(/\.[^.]*$/, "");
  uses.open(
    isOwn
      ? { name: output.filename, source: new File([blob], output.filename) }
      : { name: `${stem}.json`, source: workflow },
  );
}

function cannotFetch(output, note) {
  note.replaceChildren("It cannot be fetched from here: ", linkTo(output), serverHint(output));
}

/** A link that the page's server may not fetch yet: which setting lets it. */
function serverHint({ url }) {
  if (deployment?.kind !== "deployment" || url === null || !URL.canParse(url)) return "";
  return `. With ${new URL(url).host} in VIEWCOMFY_LINK_HOSTS, ${deployment.command} fetches it.`;
}

function linkTo(output) {
  const href = webAddress(output.url, location.href);
  return el(
    "a",
    { href, download: output.filename, target: "_blank", rel: "noopener noreferrer" },
    "open its link",
  );
}
