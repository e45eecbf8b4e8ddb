// What stands behind this page's own server, where there is something: deployments, the cloud API or ComfyUI. That server adds
// the credentials, and says where runs go in a <meta> of the page for each.

const CHOSEN = "backend";

/** Those that the page's server offers; none where the page asks for an endpoint instead. */
export const backends = readBackends();

/** The one that runs go to, and what may be fetched through its route; null when the page asks for an endpoint instead. */
export let deployment = backends.find(({ kind }) => kind === remembered()) ?? backends[0] ?? null;

/** From now on runs go there. */
export function chooseBackend(kind) {
  deployment = backends.find((backend) => backend.kind === kind) ?? deployment;
  try {
    localStorage.setItem(CHOSEN, deployment.kind);
  } catch {
    // Storage is refused in some private windows: then the choice lasts as long as the page.
  }
}

function remembered() {
  try {
    return localStorage.getItem(CHOSEN);
  } catch {
    return null;
  }
}

function readBackends() {
  const metas = document.querySelectorAll('meta[name="viewcomfy-deployment"]');
  return [.../** @type {NodeListOf<HTMLMetaElement>} */ (metas)].map((meta) => {
    const {
      kind,
      host,
      linkHosts,
      command,
      definitions = null,
      workflow = null,
      workflowName,
    } = meta.dataset;
    return {
      endpoint: meta.content,
      kind,
      host,
      /** What the server was started by. */
      command,
      linkHosts: linkHosts.split(" ").filter(Boolean),
      /** Where the page's server hands out a ComfyUI server's definitions; null where it has none. */
      definitions,
      /** Where the workflow is that lies open from the start, and its file's name; null where there is none. */
      workflow: workflow === null ? null : { address: workflow, name: workflowName },
    };
  });
}

/** A result's link, sent through the page's server where that may fetch it. Others stay as they are: an <img> shows them. */
export function throughServer(url) {
  if (!URL.canParse(url)) return url;
  const { host } = new URL(url);
  if (!deployment.linkHosts.some((allowed) => matches(host, allowed))) return url;
  return `${deployment.endpoint}?url=${encodeURIComponent(url)}`;
}

function matches(host, allowed) {
  return allowed.startsWith("*.") ? host.endsWith(allowed.slice(1)) : host === allowed;
}
