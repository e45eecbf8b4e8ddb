// The settings when the page's own server stands in front of what runs: nothing about credentials, as there are none here.

import { backends, chooseBackend, deployment, throughServer } from "./deployment.js";
import { byId, el } from "./dom.js";
import { segments, toggle } from "./switches.js";

const WORDS = {
  open: "It is sent along with each run, in place of the deployed one.",
  deployed: "Only values are sent. They fit when the open workflow is the deployed one.",
  converted: "A converted workflow is sent along with each run: the deployed one is another.",
};

const NAMES = {
  deployment: "Your deployment",
  cloud: "Your deployment, by the cloud API",
  comfyui: "ComfyUI",
  local: "Local stand-in",
};
/** The same where there is a choice. */
const SHORT = { deployment: "Deployment", cloud: "Cloud API", comfyui: "ComfyUI", local: "Stand-in" };

/**
 * Builds the panel; what it returns is as that of settings.js, but there is no endpoint to `open()`. `onBackend()` is called
 * when another place to run was chosen, and `setBusy(on)` keeps that from being done during a run.
 */
export function setUpDeploymentSettings({ onChange, onBackend }) {
  const runs = segments("What runs", "runs", {
    open: "The open workflow",
    deployed: "The deployed workflow",
  });
  const stream = toggle("Stream the log", "Live log and progress; off waits for one plain answer", true);
  const hint = el("p", { class: "muted hint", role: "status" });
  const choice = el("div", { class: "what-runs" });
  const place = where();
  let converted = false;
  let chosen = "open";

  runs.element.addEventListener("change", () => {
    chosen = runs.value();
    changed();
  });
  stream.input.addEventListener("change", onChange);
  place.places?.element.addEventListener("change", () => {
    chooseBackend(place.places.value());
    render();
    onBackend();
  });
  byId("settings").replaceChildren(place.element, choice, el("div", { class: "switches" }, stream.element));
  render();

  function changed() {
    render();
    onChange();
  }

  function render() {
    place.render();
    choice.replaceChildren(...(isChoice() ? [runs.element, hint] : []));
    hint.textContent = converted ? WORDS.converted : WORDS[runs.value()];
  }

  return {
    read: () => ({
      endpoint: deployment.endpoint,
      credentials: {},
      sendWorkflow: !isChoice() || runs.value() === "open",
      stream: stream.input.checked,
      rewriteUrl: throughServer,
      route: { endpoint: deployment.endpoint, links: deployment.linkHosts.length > 0 },
    }),
    mustSend(on) {
      if (on === converted) return;
      converted = on;
      runs.choose(on ? "open" : chosen);
      runs.enable(!on);
      render();
    },
    setBusy: (on) => place.places?.enable(!on),
    open: null,
  };
}

/** A ComfyUI server runs what it is given; it has a workflow of its own only where this page's server gave it one. */
function isChoice() {
  return deployment.kind !== "comfyui" || deployment.workflow !== null;
}

/** Where it runs: one place, or a choice of several. */
function where() {
  const kinds = backends.map(({ kind }) => kind);
  const places =
    kinds.length > 1
      ? segments("Where it runs", "backend", Object.fromEntries(kinds.map((kind) => [kind, SHORT[kind]])))
      : null;
  places?.choose(deployment.kind);
  const name = el("b", { class: "where-name" });
  const host = el("span", { class: "muted where-words" });
  const hint = el("p", { class: "muted hint" }, "This page’s server adds the credentials.");
  const words = el("div", { class: "where-text" }, name, host, hint);
  const one = el(
    "div",
    { class: "where where-fixed" },
    el("span", { class: "dot", "aria-hidden": "true" }),
    words,
  );
  return {
    places,
    element: places
      ? el("div", {}, el("div", { class: "what-runs where-choice" }, places.element), one)
      : one,
    render() {
      name.textContent = NAMES[deployment.kind];
      host.textContent =
        deployment.kind === "local" ? "draws pictures instead of running models" : deployment.host;
      hint.hidden = deployment.kind === "comfyui" || deployment.kind === "local";
    },
  };
}
