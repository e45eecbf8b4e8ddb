// What the tags are given of what lies open: the workflow, the file as it was opened, and what was changed.

import { designedValues } from "../session.js";

/** A designed form that has its workflow in the same file. */
const HAS_WORKFLOW = /"workflowApiJSON"\s*:\s*\{/;

/**
 * @typedef {object} TagParts
 * @property {string} workflow the text of the form's workflow
 * @property {string | Blob} file what was opened
 * @property {string | null} fileName its name; null where it had none
 * @property {boolean} isDesigned whether the form is one that somebody designed, in the same file
 * @property {Record<string, any>} values what the form holds that the file does not say
 * @property {object | null} definitions a server's, where they are known
 */

/** @returns {TagParts} */
export function tagParts(session) {
  const { name, workflow, viewComfy, editor, file, definitions } = session;
  const isDesigned = viewComfy !== null && HAS_WORKFLOW.test(viewComfy);
  const text = isDesigned ? viewComfy : workflow.text;
  return {
    workflow: text,
    file: file ?? editor ?? text,
    fileName: /\.\w+$/.test(name) ? name : null,
    isDesigned,
    values: valuesOf(session, isDesigned ? /** @type {any} */ (designedValues(session)) : []),
    definitions: definitions?.value ?? null,
  };
}

/** What the file itself says, once a change is taken back. */
export function valueInFile({ workflow }, key) {
  return workflow.inputs.find((input) => input.key === key)?.value;
}

/** @param {any} session @param {[string, import("../changes.js").Change][]} designed what the tag begins with by itself */
function valuesOf({ workflow, changes }, designed) {
  const values = new Map(changes.entries());
  for (const { key } of workflow.inputs) if (changes.isDrawn(key)) values.set(key, "random");
  for (const [key, { drawn, value }] of designed) {
    const begun = drawn ? "random" : value;
    if (values.get(key) === begun) values.delete(key);
    else if (!values.has(key)) values.set(key, valueInFile({ workflow }, key));
  }
  return Object.fromEntries(values);
}
