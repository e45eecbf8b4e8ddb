// The runs that were begun through a route, so that they can be ended with the server.

/** As many are asked about at once. */
const AT_ONCE = 100;
const GOING = new Set(["queued", "running"]);
/** A server that does not answer is not waited for any longer. */
const PATIENCE_MS = 3_000;

/**
 * @param {(request: Request) => Promise<Response>} route which can look up and cancel
 * @param {Record<string, string>} headers that let its owner in
 */
export function noteRuns(route, headers) {
  const ids = new Set();
  const ask = (query, method) =>
    route(
      new Request(`http://localhost/?${query}`, {
        method,
        headers,
        signal: AbortSignal.timeout(PATIENCE_MS),
      }),
    );

  async function cancelThese(some) {
    const answer = await ask(new URLSearchParams(some.map((id) => ["prompt_ids", id])), "GET");
    const going = (await answer.json()).filter(({ status }) => GOING.has(status));
    await Promise.allSettled(
      going.map(({ prompt_id }) => ask(new URLSearchParams({ cancel: prompt_id }), "POST")),
    );
  }

  return {
    /** @param {Request} request */
    async route(request) {
      const response = await route(request);
      const id = response.headers.get("viewcomfy-prompt-id");
      if (id !== null) ids.add(id);
      return response;
    },
    /** Cancels those that still go on; never rejects. */
    async cancel() {
      const all = [...ids];
      const parts = Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, at) =>
        all.slice(at * AT_ONCE, (at + 1) * AT_ONCE),
      );
      await Promise.allSettled(parts.map(cancelThese));
    },
  };
}
