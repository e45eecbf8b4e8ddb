// What `serve` asks a ComfyUI server itself: whether it is there, and its definitions for the page.

const PATIENCE_MS = 3_000;

/** Whether one of the servers answers. */
export async function findServer(servers) {
  const asked = servers.map(async (server) => {
    const response = await fetch(under(server, "prompt"), { signal: AbortSignal.timeout(PATIENCE_MS) });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
  });
  return Promise.any(asked).then(
    () => true,
    () => false,
  );
}

/** `GET /object_info` of the first server that answers, as an answer for the page. */
export async function definitionsOf(servers, signal) {
  for (const server of servers) {
    const response = await fetch(under(server, "object_info"), { signal }).catch(() => null);
    if (response?.ok)
      return new Response(response.body, {
        headers: { "content-type": "application/json", "cache-control": "no-store" },
      });
    await response?.body?.cancel();
  }
  return new Response("ComfyUI does not answer\n", {
    status: 502,
    headers: { "content-type": "text/plain" },
  });
}

function under(server, path) {
  return new URL(path, server.endsWith("/") ? server : `${server}/`);
}
