// A ComfyUI server for tests: the local endpoint's stand-in with its controls, or the one at COMFYUI_URL.

import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import WebSocket from "ws";

import { startEndpoint } from "./endpoint.js";
import { pause } from "./requests.js";

const TRANSCRIPTS = new URL("../../../shared/comfyui/transcripts/", import.meta.url);
/** Only what hangs takes that long. */
const PATIENCE_MS = 60_000;

/** A real server, where one is to be tested against. */
export const REAL = process.env.COMFYUI_URL?.replace(/\/$/, "");

/** Why a test that needs the stand-in's controls is skipped; false where it is not. */
export const NEEDS_CONTROLS = REAL ? "a real ComfyUI has no controls" : false;

/** Why the recorded exchanges are not compared with; false where they are there. */
export const NO_TRANSCRIPTS = existsSync(TRANSCRIPTS)
  ? false
  : "the recorded exchanges (../shared/comfyui/transcripts) are not here";

/** A recorded exchange, by the number that its name begins with. */
export function transcript(name) {
  const { exchange } = JSON.parse(readFileSync(fileURLToPath(new URL(`${name}.json`, TRANSCRIPTS)), "utf8"));
  return exchange;
}

/** @param {{ speed?: number, args?: string[] }} [options] those of the local endpoint */
export async function startComfy(options) {
  if (REAL) return { url: REAL, close: async () => {} };
  const endpoint = await startEndpoint({ speed: 1_000, ...options });
  const control = (method, path, body) =>
    fetch(`${endpoint.url}/comfyui-control${path}`, {
      method,
      headers: { "content-type": "application/json" },
      body: body && JSON.stringify(body),
    });
  return {
    url: `${endpoint.url}/comfyui`,
    endpoint: endpoint.url,
    /** Sets the faults, all of them. */
    faults: (faults = {}) => control("PUT", "", faults),
    /** What is left of the faults that were set. */
    faultsLeft: async () => (await (await control("GET", "")).json()).faults,
    cutSockets: () => control("DELETE", "/sockets"),
    restart: () => control("POST", "/restart"),
    /** The counts: of each prompt how often it was posted and executed, the interrupts, the bytes downloaded. */
    counts: async () => (await (await control("GET", "")).json()).counts,
    sockets: async () => (await (await control("GET", "")).json()).sockets,
    close: endpoint.close,
  };
}

/** Waits until something is so. */
export async function until(holds) {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await holds();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`it did not come about: ${holds}`);
    await pause(10);
  }
}

/** What a socket of this client hears, from its first message on. */
export async function listen(url, clientId, { features } = {}) {
  const socket = new WebSocket(`${url.replace(/^http/, "ws")}/ws${clientId ? `?clientId=${clientId}` : ""}`);
  const messages = [];
  const binary = [];
  let closed = false;
  socket.on("message", (data, isBinary) => {
    if (isBinary) binary.push(data);
    else messages.push(JSON.parse(data.toString()));
  });
  socket.on("close", () => {
    closed = true;
  });
  socket.on("error", () => {});
  await until(() => messages.length > 0 || closed);
  if (features) socket.send(JSON.stringify({ type: "feature_flags", data: features }));
  return {
    messages,
    binary,
    /** Messages of a kind, once there is one. */
    heard: (type, so = (_data) => true) =>
      until(() => messages.find((message) => message.type === type && so(message.data))),
    isClosed: () => closed,
    close: () => socket.close(),
  };
}

export async function postJson(url, body, method = "POST") {
  const response = await fetch(url, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  const isJson = (response.headers.get("content-type") ?? "").startsWith("application/json");
  return { status: response.status, body: isJson ? JSON.parse(text) : text };
}

export async function getJson(url) {
  return (await fetch(url)).json();
}

/** A workflow without models: a picture of one colour, turned to its opposite, saved. */
export function invert(color = 255, size = 64) {
  return {
    1: { class_type: "EmptyImage", inputs: { width: size, height: size, batch_size: 1, color } },
    2: { class_type: "ImageInvert", inputs: { image: ["1", 0] } },
    3: { class_type: "SaveImage", inputs: { images: ["2", 0], filename_prefix: "invert" } },
  };
}
