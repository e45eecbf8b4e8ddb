// The head of what is open: its name, what and where it is, and what can be done with it.

import { changeButtons, restoredLine } from "./change-steps.js";
import { el, icon, wordButton } from "./dom.js";
import { count, fileSize, thingsToKnow } from "./format.js";
import { moreMenu } from "./more-menu.js";
import { saveButtons } from "./save-buttons.js";

/** Builds the head; `update()` after each change of a value or of the inspection, `more` is the menu of what is not needed at once. */
export function createHead({ session, onAnother, onWarnings }) {
  const { workflow, changes, conversion } = session;
  const facts = el("p", { class: "muted facts" });
  const steps = changes && changeButtons(changes);
  const restored = el("div", { class: "restored-place" });
  const more = moreMenu(saveButtons(session));
  const element = el(
    "header",
    { class: "workflow-head" },
    el(
      "div",
      { class: "workflow-name" },
      el("h2", { tabindex: "-1", id: "workflow-title" }, session.name),
      el("div", { class: "workflow-facts" }, facts, steps?.element),
    ),
    el("div", { class: "workflow-actions" }, wordButton("open", "Open another", onAnother), more.element),
    restored,
    session.found && foundLine(session.found),
    conversion && convertedLine(session, onWarnings),
  );
  if (session.restored) restored.append(restoredLine(session));
  update();

  function update() {
    const parts = workflow ? runnableFacts(workflow) : readFacts(session.inspection);
    facts.replaceChildren(parts.join(" · "));
    const changed = changes?.size ?? 0;
    if (changed > 0) facts.append(" · ", el("b", { class: "changed-count" }, `${changed} changed`));
    if (session.notKept) facts.append(" · not kept: this browser has no room for the changes");
    steps?.update();
  }

  return { element, more, update };
}

function runnableFacts(workflow) {
  const parameters = workflow.inputs.filter((input) => input.kind !== "link").length;
  return [count(workflow.nodes.length, "node"), count(parameters, "parameter")];
}

function readFacts(inspection) {
  if (!inspection) return ["Editor format"];
  const inside = inspection.nodes.filter((node) => node.parent !== null).length;
  const parts = ["Editor format", count(inspection.nodes.length - inside, "node")];
  if (inside > 0) parts.push(`${inside} inside subgraphs`);
  if (inspection.groups.length > 0) parts.push(count(inspection.groups.length, "group"));
  return parts;
}

const FORMATS = {
  png: "PNG picture",
  webp: "WebP picture",
  avif: "AVIF picture",
  jpeg: "JPEG picture",
  mp4: "MP4 video",
  matroska: "Matroska or WebM video",
  flac: "FLAC sound",
  ogg: "Ogg sound",
  mp3: "MP3 sound",
  safetensors: "safetensors file",
  glb: "GLB model",
  svg: "SVG picture",
  json: "JSON file",
};

function foundLine({ format, prompt, workflow, bytesRead, size }) {
  const where = (prompt ?? workflow).where;
  const also = prompt && workflow ? "; the editor's graph is in it, too" : "";
  return el(
    "p",
    { class: "muted found" },
    icon("ok"),
    el(
      "span",
      {},
      `Found in the ${FORMATS[format] ?? "file"}: ${where}${also}. ${readText(bytesRead, size)}`,
    ),
  );
}

/** That it was converted, by what, and the way to what there is to know about it. */
function convertedLine({ conversion, convertedBy }, onWarnings) {
  const number = conversion.warnings.length;
  const known = convertedBy ? ` by what ${convertedBy.name} knows` : "";
  return el(
    "p",
    { class: "muted found converted" },
    icon("ok"),
    el(
      "span",
      {},
      `Converted from the editor's format${known}${number > 0 ? ", " : "."}`,
      number > 0 &&
        el(
          "button",
          { type: "button", class: "text-button", on: { click: onWarnings } },
          thingsToKnow(number),
        ),
      conversion.report && `${number > 0 ? "." : ""} ${briefly(conversion.report)}`,
    ),
  );
}

/** Whether it runs, in one line: what cannot be known is told among the things to know. */
function briefly({ verdict, summary }) {
  return verdict === "unknown" ? "Whether it runs cannot be known for sure." : summary;
}

function readText(bytesRead, size) {
  return bytesRead < size ? `Read ${fileSize(bytesRead)} of ${fileSize(size)}.` : `Read ${fileSize(size)}.`;
}
