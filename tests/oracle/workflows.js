// The workflows that the page is asked about: the fixtures, and what lies in ../shared where that is there.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

import { Failure, root } from "../../scripts/run.js";

const FIXTURES = join(root, "tests", "fixtures", "convert");
const SHARED = join(root, "..", "shared");
const RECORDED = join(SHARED, "comfyui", "convert");
const CASES = join(SHARED, "cases");
const OBJECT_INFO = join(SHARED, "comfyui", "object_info.json");

const EDITED = ".ui.json";
const EXPORTED = ".api.json";
const DEFINED = ".object_info.json";

/**
 * @typedef {{ name: string, workflow: string, recorded: import("./differences.js").Made | null }} Asked
 * @returns {Asked[]} each once, though some are in both places
 */
export function allWorkflows() {
  const recorded = ["handmade", "newest", "templates", "embedded"].flatMap((name) => [
    ...recordedIn(join(FIXTURES, name)),
    ...recordedIn(join(RECORDED, name)),
  ]);
  const byName = new Map([...recorded, ...cases()].map((asked) => [asked.name, asked]));
  return [...byName.values()];
}

function recordedIn(directory) {
  return filesIn(directory, EDITED).map((name) => {
    const path = join(directory, name);
    const recorded = path.replace(EDITED, EXPORTED);
    return {
      name: `${basename(directory)}/${name.replace(EDITED, "")}`,
      workflow: readFileSync(path, "utf8"),
      recorded: existsSync(recorded)
        ? { prompt: JSON.parse(readFileSync(recorded, "utf8")) }
        : { error: "the page refused it when the exports were recorded" },
    };
  });
}

/** Small inputs that no export was recorded of. */
function cases() {
  return filesIn(CASES, ".json")
    .map((name) => ({
      name: `cases/${name}`,
      workflow: readFileSync(join(CASES, name), "utf8"),
      recorded: null,
    }))
    .filter(({ workflow }) => isEditorFormat(workflow));
}

function isEditorFormat(text) {
  try {
    return Array.isArray(JSON.parse(text).nodes);
  } catch {
    return false;
  }
}

/** What the stand-in's server knows: the recorded classes, and those of the cases. */
export function objectInfo() {
  if (!existsSync(OBJECT_INFO))
    throw new Failure(`${OBJECT_INFO} is not there: the page needs a server's classes`);
  // A real server's word on its own classes comes last, and so stands.
  const files = [...filesIn(CASES, DEFINED).map((name) => join(CASES, name)), OBJECT_INFO];
  const classes = Object.assign({}, ...files.map((file) => JSON.parse(readFileSync(file, "utf8"))));
  return Object.fromEntries(Object.entries(classes).map(([name, given]) => [name, complete(name, given)]));
}

/** A class as a server sends it: the page does not start without these. */
function complete(name, given) {
  const told = {
    name,
    display_name: name,
    description: "",
    category: "",
    python_module: "custom_nodes.case",
  };
  return { ...told, output_node: false, ...given };
}

function filesIn(directory, ending) {
  return existsSync(directory) ? readdirSync(directory).filter((name) => name.endsWith(ending)) : [];
}
