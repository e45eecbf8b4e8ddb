// The rules of this project that no linter checks: Rust files begin with a description and do not import each other in a
// cycle, lock files do not contain download addresses, and no file in git contains a package registry's host or a path of
// someone's machine.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { ask, Failure, root } from "./run.js";
import { findRustCircles } from "./rust-circles.js";

const REGISTRY =
  /\b(?:registry\.[\w-]+\.\w+|(?:static|index)\.crates\.io|deb\.debian\.org|files\.pythonhosted\.org)\b/;
const MACHINE_PATH = /(?:^|[\s"'`=(:])\/(?:root|work|tmp|home\/\w+|Users\/\w+)\/[\w.-]/m;
const DOWNLOAD = /"resolved"|"tarball"|^(?:source|download) = "(?!registry\+)/m;
const LOCK_FILE = /(?:^|\/)(?:Cargo\.lock|package-lock\.json)$/;
const BINARY = /\.(?:png|jpe?g|webp|gif|ico|webm|mp4|flac|wav|wasm|bin)$/;

/** Where files must not import each other in a cycle. */
const FREE_OF_CIRCLES = ["local-endpoint/src", "tools/bindgen/src"];

/** One sentence for each violation in the project's files. @returns {string[]} */
export function findComplaints() {
  const texts = filesInGit().flatMap((name) => complaintsAbout(name, readFileSync(join(root, name), "utf8")));
  return [...texts, ...FREE_OF_CIRCLES.flatMap(findRustCircles)];
}

function filesInGit() {
  // New files count too, so that a violation shows before the commit.
  const list = ask("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"]);
  if (list === null) throw new Failure("git was not found, or this is not a git work tree");
  return list.split("\0").filter((name) => name && !BINARY.test(name) && existsSync(join(root, name)));
}

function complaintsAbout(name, text) {
  const complaints = [];
  const complain = (about, match) =>
    complaints.push(`${name}: ${about}${match ? `: ${match[0].trim()}` : ""}`);
  if (name.endsWith(".rs") && !text.startsWith("//!"))
    complain("a Rust file begins with a //! line about itself");
  if (LOCK_FILE.test(name)) {
    if (DOWNLOAD.test(text)) complain("a lock file must not hold download addresses", DOWNLOAD.exec(text));
  } else if (REGISTRY.test(text)) {
    complain("names a package registry's host", REGISTRY.exec(text));
  }
  if (MACHINE_PATH.test(text)) complain("names a path of a machine", MACHINE_PATH.exec(text));
  return complaints;
}
