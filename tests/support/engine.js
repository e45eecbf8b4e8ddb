// Playwright's test, in the engine that the configuration asks for.

import { test as playwright } from "@playwright/test";

import { inWebKit } from "../webkit/browser.js";

export const ENGINE = process.env.VIEWCOMFY_ENGINE;

export const test = ENGINE === "webkit" ? inWebKit(playwright) : playwright;
