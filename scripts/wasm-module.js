// Reads just enough of a wasm module to say how large its functions and sections are. No imports.

/** The parts of a wasm module that matter here: each function's size and name, and the other sections' sizes. */
export function readModule(bytes) {
  const reader = new Reader(bytes, 8);
  const other = [];
  let sizes = [];
  let names = new Map();
  let imported = 0;
  while (!reader.isDone()) {
    const id = reader.byte();
    const section = reader.slice(reader.number());
    if (id === 2) imported = countImportedFunctions(section.copy());
    if (id === 10) sizes = section.list(() => section.slice(section.number()).length);
    else if (id === 0 && section.copy().text() === "name") names = readNames(section);
    else other.push([`(section ${SECTIONS[id] ?? id})`, section.length]);
  }
  const functions = sizes.map((size, at) => ({ size, name: names.get(at + imported) ?? "(no name)" }));
  return { functions, other };
}

const SECTIONS = {
  0: "custom",
  1: "types",
  2: "imports",
  3: "functions",
  4: "tables",
  6: "globals",
  7: "exports",
  9: "elements",
  11: "data",
};

function countImportedFunctions(section) {
  const kinds = section.list(() => {
    section.text();
    section.text();
    const kind = section.byte();
    skipImport[kind](section);
    return kind;
  });
  return kinds.filter((kind) => kind === 0).length;
}

const skipLimits = (section) => {
  const flags = section.byte();
  section.number();
  if (flags & 1) section.number();
};

/** What follows an import's kind: function, table, memory, global, tag. */
const skipImport = [
  (section) => section.number(),
  (section) => {
    section.byte();
    skipLimits(section);
  },
  skipLimits,
  (section) => {
    section.byte();
    section.byte();
  },
  (section) => {
    section.byte();
    section.number();
  },
];

function readNames(section) {
  section.text();
  while (!section.isDone()) {
    const kind = section.byte();
    const part = section.slice(section.number());
    if (kind === 1) return new Map(part.list(() => [part.number(), part.text()]));
  }
  return new Map();
}

/** Reads wasm's numbers and texts from bytes. */
class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
    this.length = bytes.length;
  }

  isDone() {
    return this.at >= this.length;
  }

  copy() {
    return new Reader(this.bytes, this.at);
  }

  byte() {
    return this.bytes[this.at++];
  }

  /** LEB128, unsigned. */
  number() {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte();
      value += (byte % 128) * factor;
      if (byte < 128) return value;
    }
  }

  slice(size) {
    this.at += size;
    return new Reader(this.bytes.subarray(this.at - size, this.at));
  }

  text() {
    return this.slice(this.number()).bytes.toString("utf8");
  }

  list(read) {
    return Array.from({ length: this.number() }, read);
  }
}
