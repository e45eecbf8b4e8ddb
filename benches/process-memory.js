// The memory of a process as Linux reports it. Node built-ins only.

import { existsSync, readFileSync, writeFileSync } from "node:fs";

/** Whether the system has /proc to read from. */
export const canReadMemory = existsSync("/proc/self/status");

/** The current and the peak number of bytes. @returns {{ now: number, peak: number }} */
export function memoryOf(id) {
  const status = readFileSync(`/proc/${id}/status`, "utf8");
  const lines = Array.from(status.matchAll(/^(\w+):\s*(\d+) kB$/gm), ([, name, size]) => [name, size]);
  const sizes = new Map(/** @type {[string, string][]} */ (lines));
  const bytes = (name) => Number(sizes.get(name)) * 1024;
  return { now: bytes("VmRSS"), peak: bytes("VmHWM") };
}

/** Resets the peak to the current use; where that is not allowed, the start of the process counts too. */
export function forgetPeak(id) {
  try {
    writeFileSync(`/proc/${id}/clear_refs`, "5");
  } catch {
    // The peak of loading a page is far below those of results.
  }
}
