"use client";
// Entry for React: the hook. The run behind it is runner.js, which knows no React.

import { useInsertionEffect, useState, useSyncExternalStore } from "react";

import { amount, optionsOf } from "../options.js";
import { UseInferOptions } from "./option-names.js";
import { Runner } from "./runner.js";

const MAX_LOGS = 1_000;

/** See react.d.ts. */
export function useInfer(client, options) {
  const [runner] = useState(() => new Runner());
  const maxLogs = amount(optionsOf(options, UseInferOptions, "useInfer"), "maxLogs", MAX_LOGS);
  // The settings of what is on the page, not of a rendering that React may throw away; before any effect that runs.
  useInsertionEffect(() => runner.configure(client, maxLogs), [runner, client, maxLogs]);
  return useSyncExternalStore(runner.subscribe, runner.look, runner.lookAtServer);
}
