// The complete response that the faults of the matrix truncate: a log, and a result with one output. No imports, since
// pages load it too.

const BYTES = 60_000;
const byteAt = (at) => (at * 7) % 251;

const data = btoa(Array.from({ length: BYTES }, (_, at) => String.fromCharCode(byteAt(at))).join(""));
const output = { filename: "a.bin", content_type: "application/x-test", data, size: BYTES };

/** A plain response, which is also the last event of a stream. */
export const RESULT = JSON.stringify({
  prompt_id: "p",
  status: "success",
  completed: true,
  execution_time_seconds: 1,
  prompt: {},
  outputs: [output],
});

const LOG = "event: log_message\ndata: got prompt\n\nevent: log_message\ndata: is cut here\n\n";
/** A client that reconnects does so at once, and is counted. */
const RETRY = "retry: 20\n\n";

export const event = (name, text) => `event: ${name}\ndata: ${text}\n\n`;

/** The body of a successful response. */
export function bodyOf(streamed) {
  return streamed ? RETRY + LOG + event("prompt_result", RESULT) : RESULT;
}

/** Where it is cut: in the log, which a plain response does not have, or in the data of the output. */
export function cutAt(place, streamed) {
  const body = bodyOf(streamed);
  if (place === "result") return body.slice(0, body.indexOf(data) + data.length / 2);
  return streamed ? body.slice(0, body.indexOf("is cut") + 3) : body.slice(0, 20);
}

/** Whether a result contains the output, byte for byte. */
export async function isWhole({ outputs }) {
  const bytes = new Uint8Array(await outputs[0].file.arrayBuffer());
  return outputs.length === 1 && bytes.length === BYTES && bytes.every((byte, at) => byte === byteAt(at));
}
