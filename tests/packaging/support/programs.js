// The runtimes that the packaging tests run besides this Node: where their programs are.

import { toolPath } from "../../../scripts/packaging.js";

const ENDING = process.platform === "win32" ? ".exe" : "";

export const bun = () => toolPath("bun/bin/bun.exe");

export const deno = () => toolPath(`deno/deno${ENDING}`);

export const node24 = () =>
  toolPath(`node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}/bin/node`);
