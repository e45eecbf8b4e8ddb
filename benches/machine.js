// The machine and versions that something was measured with.

import { existsSync, readFileSync } from "node:fs";
import { cpus, loadavg, release, totalmem, type } from "node:os";
import { join } from "node:path";

import { ask, root } from "../scripts/run.js";

export function machineFacts() {
  const all = cpus();
  return {
    cpu: all[0]?.model.trim() ?? "unknown",
    cores: all.length,
    memoryGB: Math.round(totalmem() / 1024 ** 3),
    /** The load average of the last minute. */
    load: Math.round(loadavg()[0] * 100) / 100,
    system: `${distribution()}${type()} ${release()}`,
  };
}

function distribution() {
  if (!existsSync("/etc/os-release")) return "";
  const name = /^PRETTY_NAME="?(.*?)"?$/m.exec(readFileSync("/etc/os-release", "utf8"))?.[1];
  return name ? `${name}, ` : "";
}

export function versionFacts(chromium) {
  const version = (path) => JSON.parse(readFileSync(join(root, path), "utf8")).version;
  const changed = ask("git", ["status", "--porcelain", "--untracked-files=no"]);
  return {
    chromium,
    node: process.version,
    package: version("pkg/package.json"),
    eventsourceParser: version("node_modules/eventsource-parser/package.json"),
    commit: `${ask("git", ["rev-parse", "HEAD"]) ?? "unknown"}${changed ? " and changes" : ""}`,
  };
}
