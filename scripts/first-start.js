// What the first `npm start` has to do, with an estimate for each step, so that nobody mistakes a long wait for a hang.
// Node built-ins only.

import { existsSync } from "node:fs";
import { join } from "node:path";

import { endpointProgram } from "./endpoint.js";
import { root } from "./run.js";

/** The steps in order, with their duration on two cores in seconds and the file that each one makes. */
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
 * The lines that announce a first start; none if everything is built.
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

/** Whole minutes from 90 seconds on, otherwise tens of seconds. */
function duration(seconds) {
  return seconds < 90 ? `${Math.ceil(seconds / 10) * 10} s` : `${Math.ceil(seconds / 60)} min`;
}
