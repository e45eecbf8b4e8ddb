// Whether a seed is drawn anew at each run when a file is opened, and the words that say so in its field.
//
// A picture (a video, a sound) is dropped to make it again, so its own seeds are sent. A file in the editor's format says what
// its author chose beside each seed, "randomize" or "fixed", and that holds. API format says nothing: its seeds are sent as
// they stand.

/** What ComfyUI's editor may do with a seed after a run. */
const CONTROLS = new Set(["randomize", "fixed", "increment", "decrement"]);

/** Gives each seed of an opened file its note; returns the keys of those that are drawn. */
export function beginSeeds({ workflow, found, editor, library }) {
  const seeds = workflow.inputs.filter((input) => input.kind === "seed");
  if (found) {
    for (const input of seeds)
      input.seedNote = `The file's own seed: it makes this ${mediumOf(found)} again.`;
    return [];
  }
  if (!editor || seeds.length === 0) return [];
  const controls = readControls(library, editor);
  const drawn = seeds.filter(
    (input) => controls(input.key.slice(0, input.key.indexOf("-inputs-"))) === "randomize",
  );
  for (const input of drawn) input.seedNote = "Drawn again for each run, as the file says (randomize).";
  return drawn.map(({ key }) => key);
}

const MEDIA = { mp4: "video", matroska: "video", flac: "sound", ogg: "sound", mp3: "sound", glb: "model" };

function mediumOf({ format }) {
  return MEDIA[format] ?? (format === "safetensors" ? "file" : "picture");
}

/** From a node's id in API format, `"12:3"` inside a subgraph, to what its seed's widget is set to; undefined where it says nothing. */
function readControls(library, text) {
  const file = library.parseJson(text);
  const definitions = new Map((file?.definitions?.subgraphs ?? []).map((graph) => [graph?.id, graph]));
  return (id) => {
    let graph = file;
    let node;
    for (const part of id.split(":")) {
      node = nodesOf(graph).find((candidate) => String(candidate?.id) === part);
      if (!node) return undefined;
      graph = definitions.get(node.type);
    }
    return controlOf(node);
  };
}

function nodesOf(graph) {
  return Array.isArray(graph?.nodes) ? graph.nodes : [];
}

function controlOf({ widgets_values: values }) {
  if (Array.isArray(values))
    return values.find((value, at) => CONTROLS.has(value) && isNumber(values[at - 1]));
  return values?.control_after_generate;
}

function isNumber(value) {
  return typeof value === "number" || typeof value === "bigint";
}
