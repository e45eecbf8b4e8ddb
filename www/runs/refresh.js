// How the runs stand that went on when the page was left.

/** What a route's own words for states mean here. */
const STATES = { success: "done", error: "failed", canceled: "cancelled" };

/** Asks the route about its runs, and gives the newest that still goes on; null where none does. */
export async function refreshRuns(kept, endpoint, lookUp) {
  await kept.ready;
  const isOurs = (run) => run.state === "running" && run.endpoint === endpoint;
  const running = kept.list().filter(isOurs);
  if (running.length === 0) return null;
  const records = await lookUp(running.map(({ promptId }) => promptId));
  const states = new Map(records.map((record) => [record.promptId, record]));
  for (const { id, promptId } of running) {
    const record = states.get(promptId);
    if (!record) await kept.mark(id, { state: "lost" });
    else if (record.status in STATES) await kept.mark(id, { state: STATES[record.status] });
    else if (record.completed) await kept.mark(id, { state: "done" });
  }
  return kept.list().find(isOurs) ?? null;
}
