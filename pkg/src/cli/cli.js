#!/usr/bin/env node
// The command line, `npx viewcomfy-wasm`: finds the command, runs it, and turns every failure into one readable block
// and an exit code.

import { nearestOf } from "../nearest.js";
import { commands, overview } from "./commands.js";
import { refuseCredentials } from "./credentials.js";
import { UsageFailure } from "./failure.js";
import { parseArguments } from "./options.js";
import { reportFailure } from "./report.js";
import { guardStreams, quoted, writeOut } from "./terminal.js";
import { packageVersion } from "./version.js";

guardStreams();
const args = process.argv.slice(2);
try {
  refuseCredentials(args);
  process.exitCode = await main(args);
} catch (error) {
  process.exitCode = await reportFailure(error, { json: args.includes("--json") });
}

/** @param {string[]} args @returns {Promise<number>} the exit code */
async function main([first, ...rest]) {
  if (first === "--version" || first === "-v") return say(`${packageVersion()}\n`);
  if (first === undefined || first === "--help" || first === "-h") return say(overview());
  if (first === "help") return say(rest.length === 0 ? overview() : commandNamed(rest[0]).help);
  const command = commandNamed(first);
  if (rest.includes("--help") || rest.includes("-h")) return say(command.help);
  const { values, positionals } = parseArguments(rest, command);
  return (await command.run(values, positionals)) ?? 0;
}

async function say(text) {
  await writeOut(text);
  return 0;
}

/** @param {string} name */
function commandNamed(name) {
  if (Object.hasOwn(commands, name)) return commands[name];
  const advice = `See "viewcomfy-wasm --help" for the commands.`;
  if (name.startsWith("-")) {
    const words = `the command comes first, then its options; ${quoted(name.split("=", 1)[0])} is not a command`;
    throw new UsageFailure(words, advice);
  }
  const [nearest] = nearestOf(name, Object.keys(commands));
  const words = `there is no command ${quoted(name)}`;
  throw new UsageFailure(words, nearest ? `Did you mean "viewcomfy-wasm ${nearest}"? ${advice}` : advice);
}
