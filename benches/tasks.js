// The tasks of a page's main thread, from Chromium's trace: the page itself only learns of those above 50 ms.

/** The trace categories needed: the tasks of each thread, and the marks that identify the page's thread and the stages. */
export const CATEGORIES = ["toplevel", "blink.user_timing"];
const TASK = "ThreadControllerImpl::RunTask";
const PREFIX = "bench: ";

/** Marks the beginning of a stage in the trace. @param {import("playwright-core").Page} page */
export function stage(page, name) {
  return page.evaluate((mark) => performance.mark(mark), PREFIX + name);
}

/**
 * The tasks between a stage's mark and the next one, in milliseconds: how long each took, and its CPU time, which other
 * load on the machine does not change.
 *
 * @param {Buffer} trace
 * @returns {Map<string, { ms: number, cpu: number }[]>}
 */
export function tasksByStage(trace) {
  const events = JSON.parse(trace.toString()).traceEvents;
  const marks = events.filter(({ cat, name }) => cat.includes("user_timing") && name.startsWith(PREFIX));
  if (marks.length === 0) throw new Error("the trace has no stage");
  const [{ pid, tid }] = marks;
  const tasks = events.filter((each) => each.name === TASK && each.pid === pid && each.tid === tid);
  const starts = marks.map(({ name, ts }) => ({ name: name.slice(PREFIX.length), ts }));
  return new Map(
    starts.map(({ name, ts }, at) => {
      const end = starts[at + 1]?.ts ?? Number.POSITIVE_INFINITY;
      const within = tasks.filter((task) => task.ts >= ts && task.ts < end);
      return [name, within.map(({ dur = 0, tdur = 0 }) => ({ ms: dur / 1000, cpu: tdur / 1000 }))];
    }),
  );
}
