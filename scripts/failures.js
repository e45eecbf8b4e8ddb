// Lists the failed tests from each runner's output, since by the end of a run their own output is far up.

import { stripVTControlCharacters } from "node:util";

/** From `test workflow::keys::nearest ... FAILED`. @param {string} output @returns {string[]} */
export function failuresInCargo(output) {
  const lines = output.split("\n").filter((line) => line.startsWith("test ") && line.endsWith(" ... FAILED"));
  return lines.map((line) => line.split(" ", 2)[1]);
}

/** From TAP's `not ok 3 - name`; a suite follows its tests and is not listed again. @param {string} output */
export function failuresInTap(output) {
  const names = [];
  let depthOfLast = -1;
  for (const line of output.split("\n")) {
    const at = line.indexOf("not ok ");
    if (at < 0 || line.slice(0, at).trim() !== "") continue;
    const isSuite = depthOfLast > at;
    if (!isSuite) names.push(line.slice(line.indexOf(" - ", at) + 3));
    depthOfLast = at;
  }
  return names;
}

/** From Playwright's JSON report: file, line, title and the first line of the error. @param {string} report */
export function failuresInPlaywright(report) {
  const { suites, errors = [] } = JSON.parse(report);
  return [...suites.flatMap(failedSpecs), ...errors.map(({ message }) => firstLine(message))];
}

function failedSpecs({ suites = [], specs = [] }) {
  const failed = specs.filter(({ tests }) => tests.some(({ status }) => status === "unexpected"));
  return [...failed.map(nameOfSpec), ...suites.flatMap(failedSpecs)];
}

function nameOfSpec({ file, line, title, tests }) {
  const errors = tests.flatMap(({ results }) => results).flatMap((result) => result.errors ?? []);
  return `${file}:${line} ${title}: ${firstLine(errors[0]?.message ?? "no message")}`;
}

function firstLine(text) {
  return stripVTControlCharacters(text).split("\n", 1)[0];
}
