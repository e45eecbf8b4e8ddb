// What stands behind this page's own server, where there is something: a deployment, the cloud API or a ComfyUI server. That
// server adds the credentials, and says where runs go in a <meta> of the page.

/** Where runs go and what may be fetched through the same route; null when the page asks for an endpoint instead. */
export const deployment = readDeployment();

function readDeployment() {
  const meta = /** @type {HTMLMetaElement | null} */ (
    document.querySelector('meta[name="viewcomfy-deployment"]')
  );
  if (meta === null) return null;
  const {
    kind = "deployment",
    host,
    linkHosts,
    definitions = null,
    workflow = null,
    workflowName,
  } = meta.dataset;
  return {
    endpoint: meta.content,
    kind,
    host,
    linkHosts: linkHosts.split(" ").filter(Boolean),
    /** Where the page's server hands out a ComfyUI server's definitions; null where it has none. */
    definitions,
    /** Where the workflow is that lies open from the start, and its file's name; null where there is none. */
    workflow: workflow === null ? null : { address: workflow, name: workflowName },
  };
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
