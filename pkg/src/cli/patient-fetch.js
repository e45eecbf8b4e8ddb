// Node's fetch without its own time limits: it gives up after five minutes without a byte, and a deployment that starts
// or a long step of a run may need more. The client's own limit stays. Depends on nothing.

/** Where Node keeps what its fetch sends with. */
const DISPATCHER = Symbol.for("undici.globalDispatcher.1");

/** @returns {((request: Request) => Promise<Response>) | undefined} undefined where Node has another way: then its own is used */
export function patientFetch() {
  // Loads Node's fetch, which puts its dispatcher there.
  if (typeof Response !== "function") return undefined;
  const Dispatcher = globalThis[DISPATCHER]?.constructor;
  if (typeof Dispatcher !== "function") return undefined;
  const dispatcher = new Dispatcher({ headersTimeout: 0, bodyTimeout: 0 });
  return (request) => fetch(request, /** @type {any} */ ({ dispatcher }));
}
