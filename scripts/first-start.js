// What the first `npm start` has to do, with an estimate of each step, so that nobody takes a long wait for a hang.
// Node built-ins only.

import { existsSync } from "node:fs";
import { join } from "node:path";

import { endpointProgram } from "./endpoint.js";
import { root } from "./run.js";

/** In their order, with seconds on two cores and what is there afterwards. */
const STEPS = [
  {
    what: "install the npm packages",
    seconds: 20,
    made: join(root, "node_modules", ".package-lock.json"),
  },
  {
    what: "compile Rust's standard library, once, and the package's three wasm files",
    seconds: 120,
    made: join(root, "target", "wasm32-unknown-unknown", "web", "viewcomfy_wasm.wasm"),
  },
  {
    what: "compile the tool that writes the JavaScript for them",
    seconds: 40,
    made: join(root, "target", "debug", process.platform === "win32" ? "bindgen.exe" : "bindgen"),
  },
  { what: "compile the local endpoint", seconds: 40, made: endpointProgram, local: true },
];

/**
 * The lines that tell of a first start; none when all is there.
 *
 * @param {{ local: boolean, isThere?: (path: string) => boolean }} start `local`: with the local endpoint
 */
export function firstStart({ local, isThere = existsSync }) {
  const missing = STEPS.filter((step) => (local || !step.local) && !isThere(step.made));
  if (missing.length === 0) return [];
  const total = missing.reduce((sum, { seconds }) => sum + seconds, 0);
  return [
    `start: some things are built once, which takes about ${duration(total)} on two cores; later starts take seconds:`,
    ...missing.map(({ what, seconds }) => `start:   ${what} (about ${duration(seconds)})`),
  ];
}

/** Whole minutes from one and a half on, else tens of seconds. */
function duration(seconds) {
  return seconds < 90 ? `${Math.ceil(seconds / 10) * 10} s` : `${Math.ceil(seconds / 60)} min`;
}
