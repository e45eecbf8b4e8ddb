// The demo page's advice: every code of the package has its own, and anything else is called unexpected.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { adviceFor } from "../../www/failure-advice.js";

const surface = await readFile(new URL("../../pkg/index.d.ts", import.meta.url), "utf8");
const union = /export type ErrorCode =([^;]+);/.exec(surface)?.[1] ?? "";
const codes = [...union.matchAll(/"(\w+)"/g)].map(([, code]) => code);
const unexpected = adviceFor(new Error("of nobody's"));

test("every code of the public surface has a title and advice of its own", () => {
  assert.ok(codes.includes("storage_full") && codes.length >= 20, `${codes}`);
  for (const code of codes) {
    const { title, advice } = adviceFor({ code });
    assert.match(title, /^[A-Z].*[^.]$/, code);
    assert.match(advice, /^[A-Z].*\.$/, code);
    assert.notEqual(title, unexpected.title, code);
  }
  assert.equal(new Set(codes.map((code) => adviceFor({ code }).title)).size, codes.length);
});

/** What the routes refuse with, by the backend behind them. */
const REFUSALS = {
  deployment: [
    "unreachable",
    "timeout",
    "too_many_redirects",
    "redirect_not_allowed",
    "too_large",
    "not_authorized",
  ],
  cloud: ["unreachable", "timeout", "redirect_not_allowed", "too_large", "not_authorized"],
  comfyui: ["unreachable", "timeout", "too_large", "not_authorized"],
  local: ["unreachable", "too_large", "not_authorized"],
};

/** What no title says, as it is about another backend. */
const OTHERS = {
  deployment: [/cloud API/, /ComfyUI (could|did|responded|refused)/, /stand-in/],
  cloud: [/deployment/, /ComfyUI (could|did|responded|refused)/, /stand-in/],
  comfyui: [/deployment/, /cloud API/, /stand-in/],
  local: [/deployment could|deployment did|deployment responded|deployment refused/, /cloud API/],
};
const titlesOf = (told) => told.map(({ title }) => title).join("\n");

for (const [kind, refusals] of Object.entries(REFUSALS)) {
  for (const command of ["npm start", "npx viewcomfy-wasm serve"]) {
    test(`behind the page's own server no advice leads to a field that is not there: ${kind}, ${command}`, () => {
      const errors = [
        ...codes.map((code) => ({ code })),
        ...refusals.map((errorType) => ({ code: "http_status", errorType })),
      ];
      const behind = { kind, command };
      const told = errors.map((error) => adviceFor(error, { behind }));
      for (const { title, advice } of told) {
        assert.match(title, /^[A-Z].*[^.]$/);
        assert.match(advice, /^[A-Z].*\.$/);
      }
      assert.equal(new Set(told.map(({ title }) => title)).size, errors.length);
      const text = JSON.stringify(told);
      assert.ok(text.includes(command));
      if (command !== "npm start") assert.doesNotMatch(text, /npm start|\.env/);
      // Who started the command has not built anything.
      assert.doesNotMatch(text, /run the build|of the build/);
      assert.ok(adviceFor({ code: "not_initialised" }, { behind }).advice.includes(command));
      for (const other of OTHERS[kind]) assert.doesNotMatch(titlesOf(told), other);
      if (kind !== "deployment" && kind !== "cloud") assert.doesNotMatch(text, /VIEWCOMFY_/);
      else
        for (const code of ["unauthorized", "http_status", "invalid_response"]) {
          assert.match(adviceFor({ code }, { behind }).advice, /VIEWCOMFY_/, code);
          assert.doesNotMatch(adviceFor({ code }).advice, /VIEWCOMFY_|npm start/, code);
        }
    });
  }
}

test("anything else is called unexpected", () => {
  for (const error of [undefined, null, "text", { code: "another" }]) {
    assert.deepEqual(adviceFor(error), unexpected);
  }
});

test("a connection that broke during a run is told from an endpoint that was never reached", () => {
  assert.notEqual(adviceFor({ code: "network", logs: ["a"] }).title, adviceFor({ code: "network" }).title);
  assert.deepEqual(adviceFor({ code: "network", logs: [] }), adviceFor({ code: "network" }));
});
