// What the local endpoint received, read back from it.

/** The timeout of a wait: only something that hangs takes that long. */
const PATIENCE_MS = 60_000;

/** All requests since the last {@link forgetRequests}, newest last. */
export async function requests(url) {
  const answer = await fetch(`${url}/requests`);
  return answer.json();
}

/** The newest request. */
export async function lastRequest(url) {
  return (await requests(url)).at(-1);
}

/** Clears the list. */
export async function forgetRequests(url) {
  await fetch(`${url}/requests`, { method: "DELETE" });
}

/** The newest request once it has reached a state other than `running`. */
export async function settledRequest(url) {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const last = await lastRequest(url);
    if (last && last.state !== "running") return last;
    if (Date.now() > deadline) throw new Error(`the request did not settle: ${JSON.stringify(last)}`);
    await pause(20);
  }
}

/** Waits until the endpoint has a request. */
export async function requestArrived(url) {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await lastRequest(url))) {
    if (Date.now() > deadline) throw new Error("no request arrived");
    await pause(10);
  }
}

/** Withholds results at the endpoint: a run that has written its log lasts until it is aborted or released. */
export async function hold(url) {
  await fetch(`${url}/hold`, { method: "PUT" });
}

/** Lets held runs end. */
export async function release(url) {
  await fetch(`${url}/hold`, { method: "DELETE" });
}

/** Resolves after a while. */
export function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
