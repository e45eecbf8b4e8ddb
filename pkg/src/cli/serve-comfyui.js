// What `serve` asks a ComfyUI server itself: whether it is there.

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

function under(server, path) {
  return new URL(path, server.endsWith("/") ? server : `${server}/`);
}
