// Colours of source text: strings, comments, a few words, numbers.

import { el } from "../dom.js";

const STYLES = ["code-string", "code-comment", "code-word", "code-number"];
// A string need not be closed, so that no text is tried twice.
export const TOKENS = {
  javascript:
    /("(?:[^"\\]|\\[\s\S])*"?)|(\/\/.*)|\b(import|from|await|async|const|return|export|function|for|new)\b|\b(\d[\w.]*)\b/g,
  html: /("(?:[^"\\]|\\[\s\S])*"?)|(<!--[\s\S]*?(?:-->|$)|\/\/.*)|(<\/?[a-z][\w-]*|\b(?:const|await|new)\b)|\b(\d[\w.]*)\b/g,
  python: /("(?:[^"\\]|\\[\s\S])*"?)|(#.*)|\b(import|for|in|with|as|if|else|open)\b|\b(\d[\w.]*)\b/g,
  shell: /('[^']*'?|"(?:[^"\\]|\\[\s\S])*"?)|(#.*)|\b(curl|jq|npx)\b|\b(\d[\w.]*)\b/g,
};

/** @param {string} text @param {keyof typeof TOKENS} language @returns {(string | HTMLElement)[]} */
export function coloured(text, language) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(TOKENS[language])) {
    const style = STYLES[match.slice(1).findIndex((group) => group !== undefined)];
    parts.push(text.slice(end, match.index), el("span", { class: style }, match[0]));
    end = match.index + match[0].length;
  }
  return [...parts, text.slice(end)];
}
