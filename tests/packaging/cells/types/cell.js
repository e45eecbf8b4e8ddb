// TypeScript: the types of every entry, as bundlers find them and as Node does.

import { toolPath } from "../../../../scripts/packaging.js";
import { runToEnd } from "../../support/processes.js";

function compiled(...options) {
  return async ({ directory }) => {
    const tsc = toolPath("typescript/bin/tsc");
    await runToEnd(process.execPath, [tsc, "--project", ".", ...options], { cwd: directory });
  };
}

export default [
  {
    where: "TypeScript {typescript}, `moduleResolution: bundler`",
    run: compiled("--module", "esnext", "--moduleResolution", "bundler"),
  },
  {
    where: "TypeScript {typescript}, `moduleResolution: nodenext`",
    run: compiled("--module", "nodenext", "--moduleResolution", "nodenext"),
  },
].map((cell) => ({ ...cell, tried: "types of all entries", setting: null }));
