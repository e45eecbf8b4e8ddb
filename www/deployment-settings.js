// The settings when the page's own server stands in front of what runs: nothing about credentials, as there are none here.

import { deployment, throughServer } from "./deployment.js";
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
};

/** Builds the panel; what it returns is as that of settings.js, but there is no endpoint to `open()`. */
export function setUpDeploymentSettings({ onChange }) {
  const runs = segments("What runs", "runs", {
    open: "The open workflow",
    deployed: "The deployed workflow",
  });
  const stream = toggle("Stream the log", "Live log and progress; off waits for one plain answer", true);
  const hint = el("p", { class: "muted hint", role: "status" });
  // A ComfyUI server runs what it is given; it has a workflow of its own only where this page's server gave it one.
  const isChoice = deployment.kind !== "comfyui" || deployment.workflow !== null;
  let converted = false;
  let chosen = "open";

  runs.element.addEventListener("change", () => {
    chosen = runs.value();
    changed();
  });
  stream.input.addEventListener("change", onChange);
  byId("settings").replaceChildren(
    where(),
    ...(isChoice ? [el("div", { class: "what-runs" }, runs.element, hint)] : []),
    el("div", { class: "switches" }, stream.element),
  );
  render();

  function changed() {
    render();
    onChange();
  }

  function render() {
    hint.textContent = converted ? WORDS.converted : WORDS[runs.value()];
  }

  return {
    read: () => ({
      endpoint: deployment.endpoint,
      credentials: {},
      sendWorkflow: runs.value() === "open",
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
    open: null,
  };
}

function where() {
  return el(
    "div",
    { class: "where where-fixed" },
    el("span", { class: "dot", "aria-hidden": "true" }),
    el(
      "div",
      { class: "where-text" },
      el("b", { class: "where-name" }, NAMES[deployment.kind]),
      el("span", { class: "muted where-words" }, deployment.host),
      deployment.kind !== "comfyui" &&
        el("p", { class: "muted hint" }, "This page’s server adds the credentials."),
    ),
  );
}
