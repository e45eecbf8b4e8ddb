// The .d.ts of a workflow's parameters.

import { docOf } from "./doc-comment.js";
import { inputsByKey } from "./inputs-by-key.js";
import { oneLine } from "./terminal.js";
import { EXPORTED, literal, typeOf } from "./value-type.js";

const WORDS =
  "any as async await bigint boolean break case catch class const continue debugger declare default delete do else enum " +
  "export extends false finally for function if implements import in infer instanceof interface is keyof let module " +
  "namespace never new null number object package private protected public readonly require return string super " +
  "switch symbol this throw true try type typeof undefined unique unknown var void while with yield Blob Partial Record";
const TAKEN = new Set([...WORDS.split(" "), ...EXPORTED]);
const WIDTH = 100;

/** Whether a type may be called so in the file that is written. */
export function isTypeName(name) {
  return /^[A-Za-z_$][\w$]{0,99}$/.test(name) && !TAKEN.has(name);
}

/**
 * @param {import("viewcomfy-wasm/inspect").InspectedNode[]} nodes of a workflow in API format
 * @param {{ name: string, again: string, source: string }} facts
 */
export function declarationOf(nodes, { name, again, source }) {
  const titles = new Map(nodes.map((node) => [node.id, node]));
  const used = new Set();
  const members = [...inputsByKey(nodes)].map(([key, { node, input }]) => {
    const { parts, imports } = typeOf(input);
    for (const each of imports) used.add(each);
    return `${docOf(node, input, titles)}\n  ${literal(key)}:${union(parts)};`;
  });
  const imports =
    used.size > 0 ? `\nimport type { ${[...used].sort().join(", ")} } from "viewcomfy-wasm";\n` : "";
  return `// Parameters of ${oneLine(source)} for viewcomfy-wasm. Generated: do not edit; make it again in this directory with
// ${again}
${imports}
/** Use it as \`new ViewComfyClient<${name}>({ endpoint })\`: keys are completed, and a typo is an error. */
export type ${name} = {${members.length > 0 ? `\n${members.join("\n\n")}\n` : ""}};
`;
}

function union(parts) {
  const line = ` ${parts.join(" | ")}`;
  return line.length <= WIDTH ? line : parts.map((part) => `\n    | ${part}`).join("");
}
