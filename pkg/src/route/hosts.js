// Which hosts result links may come from.

const PORT = /:(\d+)$/;
const HERE = /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/;

/**
 * Reads `"results.example.com"`, `"*.example.com"` or either with a port.
 *
 * @param {string} entry
 * @returns {(url: URL) => boolean}
 */
export function hostPattern(entry) {
  const port = PORT.exec(entry)?.[1] ?? "443";
  const wild = entry.startsWith("*.");
  const hostname = hostnameOf(entry.replace(PORT, "").slice(wild ? 2 : 0));
  // Below a single label is the whole of a registry: "*.com".
  if (!hostname || (wild && !hostname.includes(".")))
    throw new TypeError('linkHosts must hold hosts, such as "results.example.com" or "*.example.com"');
  const fits = wild ? (name) => name.endsWith(`.${hostname}`) : (name) => name === hostname;
  return (url) => isSecure(url) && portOf(url) === port && fits(url.hostname);
}

/** As URLs spell it: lower case, ASCII. */
function hostnameOf(text) {
  if (!text || /[/?#@*\\\s]/.test(text) || !URL.canParse(`https://${text}`)) return undefined;
  const url = new URL(`https://${text}`);
  return url.port === "" ? url.hostname : undefined;
}

/** What stays on this machine needs no encryption. */
export function isSecure({ protocol, hostname }) {
  return protocol === "https:" || (protocol === "http:" && HERE.test(hostname));
}

function portOf({ protocol, port }) {
  return port || (protocol === "https:" ? "443" : "80");
}
