// The reference client's algorithm, written from its description: the whole buffer is split again for every chunk, data
// lines are trimmed, base64 is decoded by atob and a loop over characters.

import { call } from "./call.js";

/** @returns {Promise<Blob[]>} */
export async function receive(url, onLog) {
  const reader = await call(url);
  const decoder = new TextDecoder();
  let buffer = "";
  let name = "";
  let data = "";
  let result = null;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    buffer += decoder.decode(value, { stream: true });
    const lines = buffer.split("\n");
    buffer = lines.pop() ?? "";
    for (const line of lines) {
      if (line.startsWith("event:")) name = line.slice(6).trim();
      else if (line.startsWith("data:")) data = line.slice(5).trim();
      else if (line.trim() === "" && name && data) {
        if (name === "log_message") onLog?.(`log_message: ${data}`);
        else if (name === "prompt_result") result = JSON.parse(data);
        name = "";
        data = "";
      }
    }
  }
  if (!result) throw new Error("no result was received");
  return result.outputs.map(toFile);
}

function toFile({ filename, content_type, data }) {
  const characters = atob(data);
  const bytes = new Uint8Array(characters.length);
  for (let at = 0; at < characters.length; at += 1) bytes[at] = characters.charCodeAt(at);
  return new File([bytes], filename, { type: content_type });
}
