// A picture, video or sound that was dropped beside the fields while a workflow is open that takes one: it may be meant as
// an input, or as the file whose workflow is to be opened. Nobody but the person knows, so it is asked.

import { clearNotice, showNotice } from "./notice.js";

/** So many fields are named. */
const MAX_FIELDS = 4;

/** The fields of the open workflow that take such a file. */
export function filesFor(session, file) {
  const media = file?.type.split("/")[0];
  const inputs = session?.workflow?.inputs ?? [];
  return inputs.filter((input) => input.kind === "file" && input.media === media);
}

/** Asks what a file is meant for; false when no field takes it, so that there is nothing to ask. */
export function askUse({ name, source }, { session, use, open }) {
  const inputs = source instanceof Blob ? filesFor(session, source) : [];
  if (inputs.length === 0) return false;
  const uses = inputs.slice(0, MAX_FIELDS).map((input) => ({
    label: `Use it as ${session.labelOf(input.key)}`,
    run: () => use(input.key, source),
  }));
  const opens = {
    label: "Open its workflow",
    run: () => {
      clearNotice();
      open();
    },
  };
  showNotice({
    tone: "ask",
    title: `What is ${name} meant for?`,
    message: `It has its own workflow in it, and ${session.name} also takes such a file.`,
    actions: [...uses, opens],
  });
  return true;
}
