// The deployment behind this page's own server, where there is one: that server adds the credentials, and says so in a
// <meta> of the page.

/** Where runs go and what may be fetched through the same route; null when the page asks for an endpoint instead. */
export const deployment = readDeployment();

function readDeployment() {
  const meta = /** @type {HTMLMetaElement | null} */ (
    document.querySelector('meta[name="viewcomfy-deployment"]')
  );
  if (meta === null) return null;
  const { host, linkHosts } = meta.dataset;
  return { endpoint: meta.content, host, linkHosts: linkHosts.split(" ").filter(Boolean) };
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
