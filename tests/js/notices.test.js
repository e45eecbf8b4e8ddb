// The notices name every crate that the wasm is linked with, and its licence's text.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { noticesOf } from "../../scripts/notices.js";
import { ask } from "../../scripts/run.js";

const MIT = "Permission is hereby granted, free of charge.\n\nNo warranty.";

/** A crate in a directory of its own. */
function crate(t, name, license, files) {
  const directory = mkdtempSync(join(tmpdir(), "viewcomfy-crate-"));
  t.after(() => rmSync(directory, { recursive: true }));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(directory, file), text);
  const manifest_path = join(directory, "Cargo.toml");
  return {
    name,
    version: "1.0.0",
    license,
    repository: `https://example.com/${name}`,
    authors: ["Ann"],
    manifest_path,
  };
}

test("every crate of the build is named", () => {
  const notices = readFileSync(new URL("../../pkg/THIRD-PARTY-NOTICES.txt", import.meta.url), "utf8");
  const target = ["--target", "wasm32-unknown-unknown", "--edges", "normal,no-proc-macro"];
  const tree = ask("cargo", [
    "tree",
    "--package",
    "viewcomfy-wasm",
    "--all-features",
    ...target,
    "--prefix",
    "none",
    "--format",
    "{p}",
  ]);
  const crates = new Set(
    tree?.split("\n").map((line) => line.split(" ").slice(0, 2).join(" ").replace(" v", " ")),
  );
  for (const ours of ["viewcomfy-wasm 0.1.0", "viewcomfy-kernels 0.1.0"])
    assert.ok(crates.delete(ours), ours);
  const names = new Set([...crates].map((each) => each.split(" ")[0]));
  for (const linked of ["js-sys", "memchr", "serde", "strsim", "thiserror", "wasm-bindgen"])
    assert.ok(names.has(linked), `cargo tree does not tell of ${linked}`);
  for (const each of crates) assert.ok(notices.includes(`\n${each} (`), each);
  for (const name of ["fastest-levenshtein", "@dagrejs/dagre", "@dagrejs/graphlib"])
    assert.match(notices, new RegExp(`^${name} .*\\n {2}Copyright \\(c\\)`, "m"));
  assert.match(notices, /^client-zip .*\n {2}Copyright 20/m);
  assert.ok(notices.length < 10_000, `${notices.length} bytes`);
});

test("one text for all who share it, and each one's own line", (t) => {
  const mit = (line) => ({ "LICENSE-MIT": `The MIT License\n${line}\n\n${MIT}`, "LICENSE-APACHE": "Apache" });
  const crates = [crate(t, "a", "MIT", mit("Copyright (c) A")), crate(t, "b", "MIT OR Apache-2.0", mit(""))];
  const notices = noticesOf(crates);
  assert.equal(notices.split("Permission is hereby granted").length, 2);
  assert.match(notices, /^a 1\.0\.0 \(MIT\), https:\/\/example\.com\/a\n {2}Copyright \(c\) A$/m);
  assert.match(notices, /^b 1\.0\.0 .*\n {2}by Ann$/m);
});

test("another licence's text is there as a whole, and one that applies besides", (t) => {
  const crates = [
    crate(t, "a", "MIT", { LICENSE: MIT }),
    crate(t, "b", "BSD-3-Clause", { LICENSE: "Redistribution and use" }),
    crate(t, "c", "(MIT OR Apache-2.0) AND Unicode-3.0", {
      "LICENSE-MIT": MIT,
      "LICENSE-UNICODE": "UNICODE LICENSE",
    }),
  ];
  const notices = noticesOf(crates);
  assert.match(notices, /^ {2}Redistribution and use$/m);
  assert.match(notices, /^ {2}UNICODE LICENSE$/m);
});

test("a crate without its text stops the build, unless it is under the MIT licence", (t) => {
  const whole = crate(t, "a", "MIT", { LICENSE: MIT });
  assert.match(noticesOf([whole, crate(t, "b", "MIT", {})]), /Copyright \(c\) Ann/);
  assert.throws(
    () => noticesOf([whole, crate(t, "b", "BSD-3-Clause", {})]),
    /b 1\.0\.0 lacks the text of its licence/,
  );
});
