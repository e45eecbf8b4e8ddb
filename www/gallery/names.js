// Names for files that are saved: what a stranger's name could do to a folder is taken out, and no two are the same.

const LONGEST = 120;
/** Names that Windows keeps for devices. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;
/** Marks that turn the direction of what follows: "gnp.exe" is shown as "exe.png" behind one. */
const DIRECTION = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g;

/** One name that is safe in any folder: no path, no control character, not hidden, not empty. */
export function safeName(name) {
  const flat = [...name.replace(DIRECTION, "")]
    .map((character) =>
      character < " " || character === "\u007f" || '\\/:*?"<>|'.includes(character) ? "_" : character,
    )
    .join("");
  const trimmed = trimEnds(flat);
  const [stem, extension] = split(trimmed === "" ? "output" : trimmed);
  const short = [...stem].slice(0, LONGEST - extension.length).join("");
  return `${DEVICE.test(short) ? `_${short}` : short}${extension}`;
}

/** Safe names of several files, each once: a second "a.png" is "a (2).png", also where only the case differs. */
export function uniqueNames(names) {
  const taken = new Set();
  return names.map((name) => {
    const safe = safeName(name);
    const [stem, extension] = split(safe);
    let unique = safe;
    for (let number = 2; taken.has(unique.toLowerCase()); number += 1)
      unique = `${stem} (${number})${extension}`;
    taken.add(unique.toLowerCase());
    return unique;
  });
}

/** Dots and blanks at the start hide a file, at the end Windows drops them. */
function trimEnds(name) {
  let start = 0;
  let end = name.length;
  while (start < end && ". ".includes(name[start])) start += 1;
  while (end > start && ". ".includes(name[end - 1])) end -= 1;
  return name.slice(start, end);
}

function split(name) {
  const dot = name.lastIndexOf(".");
  const isExtension = dot > 0 && name.length - dot <= 12;
  return isExtension ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
}
