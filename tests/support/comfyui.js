// A ComfyUI server for tests: the local endpoint's stand-in with its controls, or the one at COMFYUI_URL.

import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import WebSocket from "ws";

import { startEndpoint } from "./endpoint.js";
import { pause } from "./requests.js";

const TRANSCRIPTS = new URL("../../../shared/comfyui/transcripts/", import.meta.url);
/** The timeout of a wait: only something that hangs takes that long. */
const PATIENCE_MS = 60_000;

/** The address of a real server to test against, if any. */
export const REAL = process.env.COMFYUI_URL?.replace(/\/$/, "");

/** Why a test that needs the stand-in's controls is skipped; false if it is not. */
export const NEEDS_CONTROLS = REAL ? "a real ComfyUI has no controls" : false;

/** Why the comparison with the recorded exchanges is skipped; false if it is not. */
export const NO_TRANSCRIPTS = existsSync(TRANSCRIPTS)
  ? false
  : "the recorded exchanges (../shared/comfyui/transcripts) are not here";

/** A recorded exchange, by the number at the beginning of its name. */
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
  const state = async () => (await control("GET", "")).json();
  return {
    url: `${endpoint.url}/comfyui`,
    endpoint: endpoint.url,
    /** Replaces all faults. */
    faults: (faults = {}) => control("PUT", "", faults),
    /** What is left of the faults that were set. */
    faultsLeft: async () => (await state()).faults,
    cutSockets: () => control("DELETE", "/sockets"),
    restart: () => control("POST", "/restart"),
    /** The counts: of each prompt how often it was posted and executed, the interrupts, the bytes downloaded. */
    counts: async () => (await state()).counts,
    sockets: async () => (await state()).sockets,
    /** How many sockets hear the log. */
    logListeners: async () => (await state()).log_listeners,
    close: endpoint.close,
  };
}

/** Waits until a condition holds. */
export async function until(holds) {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await holds();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`the condition did not become true: ${holds}`);
    await pause(10);
  }
}

/** The messages that a socket of this client receives, from the first one on. */
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
    /** The messages of a type, once there is one. */
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

/** A workflow without models: a picture of one colour is inverted and saved. */
export function invert(color = 255, size = 64) {
  return {
    1: { class_type: "EmptyImage", inputs: { width: size, height: size, batch_size: 1, color } },
    2: { class_type: "ImageInvert", inputs: { image: ["1", 0] } },
    3: { class_type: "SaveImage", inputs: { images: ["2", 0], filename_prefix: "invert" } },
  };
}
