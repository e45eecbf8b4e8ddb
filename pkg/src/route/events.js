// Server-Sent Events, as the deployments' service writes them.

const LINE_END = /\r\n|\r|\n/;

/** The content type of a stream of events. */
export const EVENT_STREAM = "text/event-stream; charset=utf-8";
/** Keeps a connection alive over which nothing else is told. */
export const PING = ": ping\r\n\r\n";

/**
 * One event, with a line for each of the data's.
 *
 * @param {string} name
 * @param {string} data
 */
export function eventText(name, data) {
  const lines = data.split(LINE_END).map((line) => `data: ${line}\r\n`);
  return `event: ${name}\r\n${lines.join("")}\r\n`;
}
