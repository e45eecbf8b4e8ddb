// The settings when the page's own server stands in front of what runs: nothing about credentials, as there are none here.

import { deployment, throughServer } from "./deployment.js";
import { byId, el } from "./dom.js";
import { toggle } from "./switches.js";

const NAMES = {
  deployment: "Your deployment",
  cloud: "Your deployment, through the cloud API",
  comfyui: "ComfyUI",
};

/** Builds the panel; what it returns is as that of settings.js, but there is no endpoint to `open()`. */
export function setUpDeploymentSettings({ whatRuns, onChange }) {
  const stream = toggle("Stream the log", "Live log and progress; off waits for one answer at the end", true);
  stream.input.addEventListener("change", onChange);
  byId("settings").replaceChildren(where(), el("div", { class: "switches" }, stream.element));

  return {
    read: () => ({
      endpoint: deployment.endpoint,
      credentials: {},
      sendWorkflow: whatRuns.sendWorkflow(),
      stream: stream.input.checked,
      rewriteUrl: throughServer,
      route: { endpoint: deployment.endpoint, links: deployment.linkHosts.length > 0 },
    }),
    ready: () => true,
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
