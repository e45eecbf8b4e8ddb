// The style sheets of the tags, shared by all of them. Constructed ones need no 'unsafe-inline' of a page's policy.

import painter from "../view/mask/mask.css";
import overPage from "../view/over-page.css";
import base from "./styles/base.css";
import form from "./styles/form.css";
import graph from "./styles/graph.css";
import mask from "./styles/mask.css";
import notes from "./styles/notes.css";
import run from "./styles/run.css";

/** @type {CSSStyleSheet[] | null} */
let made = null;

/** The sheets, made when the first tag comes into the page. */
export function sheets() {
  made ??= [base, form, overPage, painter, mask, run, notes, graph].map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
  return made;
}
