// Where a run goes and what is sent along. Credentials live in their fields only: never stored, never shown elsewhere.

import { byId, el } from "./dom.js";
import { addressOf, createEndpointField } from "./endpoint-field.js";
import { segments, toggle } from "./switches.js";

const LOCAL = { endpoint: `${location.origin}/infer`, clientId: "local-id", clientSecret: "local-secret" };

/** Builds the panel; returns `read()` with the present settings and `ready()`, whether a run can go there. */
export function setUpSettings({ whatRuns, onChange }) {
  const endpoint = createEndpointField(LOCAL.endpoint);
  const clientId = field("client-id", "Client id", { type: "text", value: LOCAL.clientId });
  const clientSecret = field("client-secret", "Client secret", {
    type: "password",
    value: LOCAL.clientSecret,
  });
  const token = field("token", "Token", { type: "password" });
  const ways = segments("Credentials", "auth", { client: "Id and secret", token: "Token", none: "None" });
  const stream = toggle(
    "Stream the log",
    "Live log and progress; off waits for one response at the end",
    true,
  );
  const name = el("b", { class: "where-name" });
  const words = el("span", { class: "muted where-words" });
  const dot = el("span", { class: "dot", "aria-hidden": "true" });
  const keep = el("p", { class: "muted hint" });
  let wasLocal = true;

  function isLocal() {
    const url = addressOf(endpoint.input.value);
    return url !== null && url.origin + url.pathname === LOCAL.endpoint;
  }

  function endpointEdited() {
    const local = isLocal();
    if (local !== wasLocal) moveCredentials(local);
    wasLocal = local;
    changed();
  }

  /** The local credentials stay with the local endpoint. */
  function moveCredentials(local) {
    const pairs = [
      [clientId.input, LOCAL.clientId],
      [clientSecret.input, LOCAL.clientSecret],
    ];
    for (const [input, value] of pairs) {
      if (local && input.value === "") input.value = value;
      if (!local && input.value === value) input.value = "";
    }
  }

  function changed() {
    render();
    onChange();
  }

  function render() {
    const local = isLocal();
    dot.classList.toggle("dot-local", local);
    name.textContent = local ? "Local stand-in" : "Deployment";
    words.textContent = local
      ? "draws pictures instead of running models"
      : (addressOf(endpoint.input.value)?.host ?? "no endpoint yet");
    keep.textContent = local
      ? "These open the local stand-in only. Real ones are kept in these fields and nowhere else."
      : "Kept in these fields and nowhere else. Your own page needs a backend that adds them: a secret in a page is public.";
    const way = ways.value();
    clientId.element.hidden = way !== "client";
    clientSecret.element.hidden = way !== "client";
    token.element.hidden = way !== "token";
    keep.hidden = way === "none";
  }

  endpoint.input.addEventListener("input", endpointEdited);
  ways.element.addEventListener("change", changed);
  stream.input.addEventListener("change", changed);

  const details = el(
    "details",
    { class: "where" },
    el(
      "summary",
      {},
      dot,
      el("span", { class: "where-text" }, name, words),
      el("span", { class: "more" }, "Endpoint"),
    ),
    el(
      "div",
      { class: "where-body" },
      endpoint.element,
      ways.element,
      el("div", { class: "pair" }, clientId.element, clientSecret.element),
      token.element,
      keep,
    ),
  );
  byId("settings").replaceChildren(details, el("div", { class: "switches" }, stream.element));
  render();

  return {
    read: () => ({
      endpoint: endpoint.input.value.trim(),
      credentials: credentials(),
      sendWorkflow: whatRuns.sendWorkflow(),
      stream: stream.input.checked,
      local: isLocal(),
    }),
    /** Whether the endpoint's address is one; otherwise it is shown, with what is wrong. */
    ready() {
      if (endpoint.check() === "") return true;
      open();
      return false;
    },
    open,
  };

  function open() {
    details.open = true;
    endpoint.input.focus();
  }

  function credentials() {
    if (ways.value() === "none") return {};
    if (ways.value() === "token") return token.input.value ? { token: token.input.value } : {};
    const pair = { clientId: clientId.input.value, clientSecret: clientSecret.input.value };
    return Object.fromEntries(Object.entries(pair).filter(([, value]) => value !== ""));
  }
}

function field(id, label, props) {
  const input = el("input", { id, class: "field", autocomplete: "off", spellcheck: "false", ...props });
  return { input, element: el("div", { class: "labelled" }, el("label", { for: id }, label), input) };
}
