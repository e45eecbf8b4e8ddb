// How much is kept: so many runs, so many bytes. The oldest leave first.

export const MOST_RUNS = 60;
export const MOST_BYTES = 256 * 1024 * 1024;

/**
 * The runs that have to leave. One that goes on stays: nothing else would find it again.
 *
 * @param {{ id: string, state: string, bytes: number }[]} runs newest first
 * @returns {string[]} their ids
 */
export function overflow(runs, { runs: mostRuns = MOST_RUNS, bytes: mostBytes = MOST_BYTES } = {}) {
  let kept = 0;
  let bytes = 0;
  const leaving = [];
  for (const run of runs) {
    kept += 1;
    bytes += run.bytes;
    if ((kept > mostRuns || bytes > mostBytes) && run.state !== "running") leaving.push(run.id);
  }
  return leaving;
}
