// The settings when the page's own server stands in front of what runs: nothing about credentials, as there are none here.

import { backends, chooseBackend, deployment, throughServer } from "./deployment.js";
import { byId, el } from "./dom.js";
import { segments, toggle } from "./switches.js";

const NAMES = {
  deployment: "Your deployment",
  cloud: "Your deployment, through the cloud API",
  comfyui: "ComfyUI",
  local: "Local stand-in",
};
/** The same where there is a choice. */
const SHORT = { deployment: "Deployment", cloud: "Cloud API", comfyui: "ComfyUI", local: "Stand-in" };

/**
 * Builds the panel; what it returns is as that of settings.js, but there is no endpoint to `open()`. `onPlace()` is called when
 * another place to run was chosen, and `setBusy(on)` keeps that from being done during a run.
 */
export function setUpDeploymentSettings({ whatRuns, onChange, onPlace }) {
  const stream = toggle(
    "Stream the log",
    "Live log and progress; off waits for one response at the end",
    true,
  );
  const place = where();
  stream.input.addEventListener("change", onChange);
  place.places?.element.addEventListener("change", () => {
    chooseBackend(place.places.value());
    place.render();
    onPlace();
  });
  byId("settings").replaceChildren(place.element, el("div", { class: "switches" }, stream.element));

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
    setBusy: (on) => place.places?.enable(!on),
    open: null,
  };
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
  render();

  function render() {
    name.textContent = NAMES[deployment.kind];
    host.textContent =
      deployment.kind === "local" ? "draws pictures instead of running models" : deployment.host;
    hint.hidden = deployment.kind === "comfyui" || deployment.kind === "local";
  }

  return {
    places,
    element: places ? el("div", {}, el("div", { class: "where-choice" }, places.element), one) : one,
    render,
  };
}
