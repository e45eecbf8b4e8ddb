// What can be done with an open workflow besides running it: compare it with another file, share it. And its picture, small.

import { el, wordButton } from "./dom.js";
import { showNotice } from "./notice.js";

const PICTURES = new Set(["png", "webp", "avif", "jpeg", "svg"]);

/** Adds to the head of what is open. `onCompare(file)` gets the other file, `showAbout()` leads to the whole picture. */
export function addActions({ element, more }, { session, onCompare, showAbout }) {
  more.element.before(wordButton("share", "Share", () => shareOf(session)));
  if (session.workflow) more.list.append(wordButton("swap", "Compare with …", () => pick(onCompare)));
  if (session.file && PICTURES.has(session.found?.format)) addThumbnail(element, session, showAbout);
}

function pick(take) {
  const picker = el("input", { type: "file" });
  picker.addEventListener("change", () => {
    const [file] = picker.files;
    if (file) take({ name: file.name, source: file });
  });
  picker.click();
}

async function shareOf(session) {
  try {
    const { share } = await import("./share/share.js");
    await share(session);
  } catch (error) {
    showNotice({ title: "The link could not be made", message: String(error?.message ?? error) });
  }
}

async function addThumbnail(head, session, showAbout) {
  const { mediaElement } = await import("./about/media.js");
  const picture = mediaElement(session.file, session.found.format, "");
  const label = `The opened picture, ${session.name}: show it with what is in it`;
  const listeners = { click: showAbout };
  head.prepend(
    el("button", { type: "button", class: "head-picture", "aria-label": label, on: listeners }, picture),
  );
}
