// "Share": a link that holds the open workflow, with its changes. Loaded when it is first asked for.

import { copyButton } from "../copy-button.js";
import { el } from "../dom.js";
import { fileSize } from "../format.js";
import { showNotice } from "../notice.js";
import { presentFiles } from "../present-files.js";
import { fragmentOf, MAX_LINK } from "./link.js";

/** Makes the link of a session and shows it, selected and with the focus: it is ready to be copied. */
export async function share(session) {
  const { workflow, prompt } = await presentFiles(session);
  const text = workflow ?? prompt;
  const fragment = await fragmentOf(text, session.name);
  if (fragment === null) {
    const limit = MAX_LINK.toLocaleString("en");
    showNotice({
      title: "This workflow is too large for a link",
      message: `It has ${fileSize(text.length)}, and packed it is longer than ${limit} characters, which chats and browsers cut. Save the workflow and send the file.`,
    });
    return;
  }
  const link = `${location.origin}${location.pathname}${fragment}`;
  const field = el("input", {
    class: "field mono",
    readonly: true,
    value: link,
    "aria-label": "Link",
    on: { focus: () => field.select() },
  });
  showNotice({
    tone: "good",
    title: "A link to this workflow, with your changes",
    message:
      "The workflow itself is in the link, and nothing is uploaded. Whoever has the link can read the workflow; pictures and other files that you chose are not in it.",
    content: el(
      "div",
      { class: "share-link" },
      field,
      copyButton("Copy link", () => link),
      el("span", { class: "muted" }, `${link.length.toLocaleString("en")} characters`),
    ),
  });
  field.focus({ preventScroll: true });
}
