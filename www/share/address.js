// The page's own address, which may hold a shared workflow. It stays there as long as that is open, so that a reload and a
// bookmark bring it back; whatever is opened next takes it out.

import { showNotice } from "../notice.js";

const PREFIX = "#workflow=";

/** Opens the workflow of the address, now and whenever another is put there; `open(sources)` takes it. */
export function setUpSharedLinks(open) {
  const read = () => {
    if (location.hash.startsWith(PREFIX)) openFragment(location.hash, open);
  };
  addEventListener("hashchange", read);
  read();
}

async function openFragment(fragment, open) {
  try {
    const { readFragment } = await import("./link.js");
    const { name, text } = await readFragment(fragment);
    await open([{ name, source: text }]);
  } catch (error) {
    leaveSharedLink();
    showNotice({ title: "The workflow in this link cannot be opened", message: error.message });
  }
}

/** Takes a shared workflow out of the address. */
export function leaveSharedLink() {
  if (location.hash.startsWith(PREFIX)) history.replaceState(null, "", location.pathname + location.search);
}
