// The exact text of every value: what the file says, not what a JavaScript number makes of it.

const ENTRY = /^ ("(?:[^"\\]|\\.)*"): (.*)$/;

/**
 * Reads flattened JSON text that is indented by one space: key → the value's text, as it stands there.
 * Line by line is enough, because a JSON string holds no raw line break and nested lines are indented further.
 */
export function literalsOf(flatJson) {
  const literals = new Map();
  let key = null;
  let lines = [];
  const finish = () => {
    if (key !== null) literals.set(key, lines.join("\n").replace(/,$/, ""));
  };
  for (const line of flatJson.split("\n")) {
    const entry = ENTRY.exec(line);
    if (entry) {
      finish();
      key = JSON.parse(entry[1]);
      lines = [entry[2]];
    } else if (line.startsWith(" ")) {
      lines.push(line.slice(1));
    }
  }
  finish();
  return literals;
}
