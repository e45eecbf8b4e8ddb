// Which files a zip holds, as its directory at the end says.

const ENTRY = "PK\u0001\u0002";

/** The names in a zip's central directory. */
export function zipNames(bytes) {
  const names = [];
  for (let at = bytes.indexOf(ENTRY); at >= 0; at = bytes.indexOf(ENTRY, at + 1)) {
    const length = bytes.readUInt16LE(at + 28);
    names.push(bytes.toString("utf8", at + 46, at + 46 + length));
  }
  return names;
}
