// The command line of the benchmark. Node built-ins only.

import { parseArgs } from "node:util";

import { Failure } from "../scripts/run.js";

export const SUITES = ["results", "memory", "logs", "flatten", "look", "page", "proxy", "init", "sizes"];
export const SIZES = ["1", "8", "64", "256", "1024", "16x64"];

export const HELP = `npm run bench -- [flags]

  --only NAMES    some of ${SUITES.join(",")}
  --sizes NAMES   some of ${SIZES.join(",")}: MB of one output, decoded, or outputs x MB
  --who WORDS     only contenders with one of these words in their name, such as ours,limit,stream
  --rounds N      rounds per contender (default: 9 up to 8 MB, 5 at 64 MB, 3 from 256 MB)
  --quick         1 and 8 MB, 3 rounds: a check that it works
  --as-built      measures pkg/ without building it first
  --headed        in a visible browser
  --chart         measures nothing: updates charts, README and guide from benches/results.json

A full run takes about 10 minutes on 2 cores; keep the machine idle meanwhile. It writes benches/results.json and
updates what is shown of it (as --chart does); a partial run writes .cache/bench-results.json.
`;

const OPTIONS = /** @type {const} */ ({
  only: { type: "string" },
  sizes: { type: "string" },
  who: { type: "string" },
  rounds: { type: "string" },
  quick: { type: "boolean" },
  "as-built": { type: "boolean" },
  headed: { type: "boolean" },
  chart: { type: "boolean" },
  help: { type: "boolean", short: "h" },
});

/**
 * @typedef {object} Flags
 * @property {string[]} suites
 * @property {string[]} sizes
 * @property {(contender: string) => boolean} isWanted
 * @property {number | null} rounds
 * @property {boolean} asBuilt
 * @property {boolean} headed
 * @property {boolean} chart measure nothing, show the last results
 * @property {boolean} complete nothing is left out or shortened
 */

/** @param {string[]} args @returns {Flags | null} null if help was asked for */
export function readFlags(args) {
  const { only, sizes, who, rounds, quick, headed, chart, help, "as-built": asBuilt } = parse(args);
  if (help) return null;
  return {
    suites: choose("--only", only, SUITES, SUITES),
    sizes: choose("--sizes", sizes, SIZES, quick ? ["1", "8"] : SIZES),
    isWanted: wish(who),
    rounds: rounds === undefined ? (quick ? 3 : null) : count(rounds),
    asBuilt: asBuilt === true,
    headed: headed === true,
    chart: chart === true,
    complete:
      !quick && only === undefined && sizes === undefined && who === undefined && rounds === undefined,
  };
}

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({ args, options: OPTIONS }).values;
  } catch (error) {
    throw new Failure(`${error instanceof Error ? error.message : error}\n\n${HELP}`);
  }
}

function choose(flag, text, all, otherwise) {
  if (text === undefined) return otherwise;
  const names = text.split(",").filter(Boolean);
  const unknown = names.find((name) => !all.includes(name));
  if (unknown !== undefined || names.length === 0)
    throw new Failure(`${flag} takes a list of ${all.join(",")}, not ${JSON.stringify(unknown ?? text)}`);
  return all.filter((name) => names.includes(name));
}

function wish(text) {
  const words = text?.toLowerCase().split(",").filter(Boolean);
  return (contender) => !words || words.some((word) => contender.toLowerCase().includes(word));
}

function count(text) {
  const rounds = Number(text);
  if (Number.isInteger(rounds) && rounds >= 1 && rounds <= 100) return rounds;
  throw new Failure(`--rounds takes a number from 1 to 100, not ${JSON.stringify(text)}`);
}
