// The endpoint's address as it is typed: what is wrong with it is said on leaving the field, and goes as soon as it is right.

import { el } from "./dom.js";
import { afterPress } from "./pressed.js";

const NOT_AN_ADDRESS =
  "This is not an address. Enter one such as https://example.com/infer, or a path of this page's own server such as /infer.";
const NO_PASSWORD = "A name and password do not belong in an address: use the fields below.";

/** Makes the field: `{ input, element, check() }`, where `check` shows and gives what is wrong. */
export function createEndpointField(value) {
  const problem = el("p", { id: "endpoint-problem", class: "problem", "aria-live": "polite" });
  const input = el("input", {
    id: "endpoint",
    class: "field",
    type: "url",
    inputmode: "url",
    autocomplete: "off",
    spellcheck: "false",
    "aria-describedby": problem.id,
    value,
  });
  const element = el(
    "div",
    { class: "labelled" },
    el("label", { for: input.id }, "Endpoint"),
    input,
    problem,
  );

  function check() {
    const words = problemOf(input.value);
    show(words);
    return words;
  }

  function show(words) {
    problem.textContent = words;
    if (words) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }

  input.addEventListener("blur", () => afterPress(check));
  input.addEventListener("input", () => {
    if (problem.textContent !== "") check();
  });
  return { input, element, check };
}

/** What is wrong with an endpoint's address; empty when it is one, or when there is none yet. */
function problemOf(text) {
  if (text.trim() === "") return "";
  const url = addressOf(text);
  if (url === null) return NOT_AN_ADDRESS;
  return url.username || url.password ? NO_PASSWORD : "";
}

/** The address that a text stands for, a whole one or a path of this page's server; null when it is none. */
export function addressOf(text) {
  const trimmed = text.trim();
  const isAddress = /^(?:https?:\/\/|\/(?!\/))/i.test(trimmed) && URL.canParse(trimmed, location.href);
  return isAddress ? new URL(trimmed, location.href) : null;
}
