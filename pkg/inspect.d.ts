/**
 * The public surface of `viewcomfy-wasm/inspect`: looking into workflows, without running them.
 *
 * It has a wasm of its own, so that a page which only runs workflows does not download it. Nothing here
 * sends anything anywhere. Terms are those of `viewcomfy-wasm`; *editor format* is what ComfyUI's editor saves
 * (`workflow.json`), *API format* what it exports and runs (`workflow_api.json`).
 * @module
 */

import type { AnyParams, InitInput, Json } from "./index.js";

/**
 * A workflow in API or in editor format: JSON text, its bytes, or an object. Prefer text or bytes, which keep seeds exact.
 *
 * A workflow inside something else is unwrapped: a request to ComfyUI or RunPod, `{ workflow, output }`, JSON in a JSON string,
 * a response of `GET /history` (the newest run), a list of one. Where both formats are there, the one in API format counts.
 * `NaN` and infinities, as Python writes them, are read, and so is UTF-16 with a byte order mark.
 */
export type AnyWorkflow = string | Uint8Array | ArrayBuffer | object;

/** ComfyUI's `object_info`, as `GET /object_info` of any server returns it: JSON text, its bytes, or an object. */
export type ObjectInfo = string | Uint8Array | ArrayBuffer | object;

/** What `init` may be told besides. */
export interface InitOptions {
  /**
   * Where the wasm of {@link toApiFormat} and {@link applyParams} is, as `init` takes its own; left out,
   * `viewcomfy_convert_bg.wasm` beside the package. It is loaded by the first of these calls.
   */
  convert?: InitInput | Promise<InitInput>;
}

/**
 * Loads the wasm of this entry. Await it once before any other call; later calls return the same promise.
 *
 * @param input where the wasm is, when it is not beside the package
 * @throws {ViewComfyError} `not_initialised` with the `cause`, when the wasm cannot be loaded; it may be tried again.
 *   `invalid_param` for an unknown option.
 */
export default function init(input?: InitInput | Promise<InitInput>, options?: InitOptions): Promise<void>;

/** What kind of file something was found in, told by its content and not by its name. */
export type FileFormat =
  | "json"
  | "png"
  | "webp"
  | "avif"
  | "jpeg"
  | "mp4"
  | "matroska"
  | "flac"
  | "ogg"
  | "mp3"
  | "safetensors"
  | "glb"
  | "svg";

/** A text found in a file. */
export interface FoundText {
  /** The exact text, as ComfyUI wrote it; decoded where it was encoded twice, without what Civitai writes among the nodes. */
  json: string;
  /** Where it was, for a person: `tEXt chunk "prompt"`, `EXIF tag 0x0110 (Model)`, `moov/udta/meta`. */
  where: string;
}

/** Which program wrote a text of settings: AUTOMATIC1111's web UI and the many that write as it does, or NovelAI. */
export type Generator = "a1111" | "novelai";

/** How another program than ComfyUI made a picture. */
export interface FoundParameters {
  /** The program whose form the text has. */
  generator: Generator;
  /** The exact text: of `"a1111"` the prompt and lines such as `Steps: 20, Sampler: Euler`, of `"novelai"` JSON. */
  text: string;
  /** Where it was, for a person. */
  where: string;
}

/** What {@link findWorkflow} found. At least one of `prompt`, `workflow` and `parameters` is there. */
export interface FoundWorkflow {
  /** The kind of file. */
  format: FileFormat;
  /** The workflow in API format: what ran. */
  prompt: FoundText | null;
  /** The workflow in editor format: what was on the canvas. */
  workflow: FoundText | null;
  /** What another program wrote about the picture, which is not a workflow; null where there is one. */
  parameters: FoundParameters | null;
  /** How many bytes of the file were read for it. */
  bytesRead: number;
}

/** What to look for in a file. */
export interface FindOptions {
  /**
   * Which run of a response of `GET /history` is meant, by its id; left out, the newest. A file that does not have it gives
   * null, and so does every file that is not such a response.
   */
  promptId?: string;
}

/**
 * Finds the workflow that ComfyUI wrote into a file: JSON, PNG (animated too), WebP, AVIF, JPEG, MP4, MOV, WebM, Matroska,
 * FLAC, Ogg, MP3, safetensors, GLB or SVG. Only the needed parts are read: of a video of 4 GB some kilobytes.
 *
 * A JSON file may carry its workflow in a request to ComfyUI or RunPod, in what `graphToPrompt` gives, in a text, in a
 * list of one, or in a response of `GET /history`, of which the newest run counts unless `promptId` names another.
 *
 * @returns null when the file holds neither a workflow nor another program's settings, or is of another kind
 * @throws {ViewComfyError} `damaged_file` when the file breaks off or contradicts itself before anything was found, with its
 *   `format`; `invalid_param` when it is not a file, or for an option of the wrong type; `not_initialised`; what reading the
 * file throws, as it is
 * @example
 * ```js
 * const found = await findWorkflow(input.files[0]);
 * if (found?.prompt) flattenWorkflow(found.prompt.json);
 * ```
 */
export function findWorkflow(
  file: Blob | Uint8Array | ArrayBuffer,
  options?: FindOptions,
): Promise<FoundWorkflow | null>;

/**
 * What an input is, by the classes that ComfyUI's users know and by the definitions where they are given. Text of several lines
 * is `"long-text"`, as in {@link FieldType} and in `view_comfy.json`.
 */
export type InputKind =
  | "text"
  | "long-text"
  | "integer"
  | "number"
  | "boolean"
  | "choice"
  | "seed"
  | "image"
  | "mask"
  | "video"
  | "audio"
  | "file"
  | "model"
  | "link"
  | "other";

/** The link into an input. */
export interface InputLink {
  /** Id of the node it comes from. */
  node: string;
  /** Index of that node's output, from 0; null when the file has something that is not an index. */
  output: number | null;
}

/** One input of a node. */
export interface InspectedInput {
  /** The input's name. */
  name: string;
  /** The parameter key, `"3-inputs-cfg"`; null in editor format, which is not flattened. */
  key: string | null;
  /** What it is. A linked input is of kind `"link"` unless the definitions say what else it is. */
  kind: InputKind;
  /** The value; null where it is linked. */
  value: Json;
  /** The link; null where it has a value. */
  link: InputLink | null;
  /** True for what a person would set: prompts, seeds, sizes, steps, files, models. */
  settable: boolean;
  /** ComfyUI's type, `"INT"`, `"MODEL"`; null without definitions. */
  type: string | null;
  /** Whether the class requires it; null without definitions. */
  required: boolean | null;
  /** The smallest value that is accepted. */
  min: number | bigint | null;
  /** The largest value that is accepted. */
  max: number | bigint | null;
  /** The step between values. */
  step: number | null;
  /** The value that the class begins with; null also when there is none. */
  default: Json;
  /** The values that are accepted, in the server's order. */
  choices: Json[] | null;
  /** ComfyUI's explanation of the input. */
  tooltip: string | null;
}

/** One output of a node. */
export interface InspectedOutput {
  /** Its name. */
  name: string;
  /** ComfyUI's type; null when unknown. */
  type: string | null;
  /** How many inputs it feeds. */
  links: number;
}

/** Whether a node runs: `"muted"` ones do not, `"bypassed"` ones hand their inputs on. API format has only `"active"`. */
export type NodeMode = "active" | "muted" | "bypassed";

/** One node. */
export interface InspectedNode {
  /** Its id; inside a subgraph with the ids of the nodes around it in front, `"12:3"`. */
  id: string;
  /** Its class, `"KSampler"`; null when the file does not say. */
  classType: string | null;
  /** The title given by a person, or the class's name. */
  title: string;
  /** The class's category on the server; null without definitions. */
  category: string | null;
  mode: NodeMode;
  /** True when the run ends here: the node saves or shows something. */
  isOutput: boolean;
  /** Links between it and the first node of its longest chain; 0 for a node without links into it. */
  depth: number;
  /** Id of the subgraph node it is in; null on the canvas and in API format. */
  parent: string | null;
  inputs: InspectedInput[];
  /** Its outputs: those of the definitions or of the editor file; in plain API format those that links use. */
  outputs: InspectedOutput[];
  /** Where the editor drew it, in its pixels; null in API format. */
  position: { x: number; y: number; width: number; height: number } | null;
  /** True for a note, a reroute or another node that only the editor knows, also those of well-known packs. */
  editorOnly: boolean;
  /** The pack that the editor's file names for it; null in API format, and where the file names none. */
  pack: NodePack | null;
}

/** Where a node comes from, as the editor noted it. */
export interface NodePack {
  /** The pack's name in the Comfy Registry (`cnr_id`), `"comfy-core"` for ComfyUI's own nodes. */
  id: string | null;
  /** Its repository, `"owner/name"` (`aux_id`), where the registry does not have it. */
  repository: string | null;
  /** Its version, or the commit that was installed (`ver`). */
  version: string | null;
}

/** One link. */
export interface InspectedLink {
  from: { node: string; output: number | null };
  to: { node: string; input: string };
  /** ComfyUI's type; null when unknown. */
  type: string | null;
}

/** A coloured frame of the editor around nodes. */
export interface InspectedGroup {
  title: string;
  color: string | null;
  position: { x: number; y: number; width: number; height: number };
  /** Ids of the nodes that stand in it. */
  nodes: string[];
}

/** A model file that the workflow uses. */
export interface UsedModel {
  /** The file name as the workflow has it. */
  name: string;
  node: string;
  input: string;
  /** ComfyUI's folder for it, `"checkpoints"`, `"loras"`; null when neither the input's name nor the file tells. */
  folder: string | null;
  /** Where it can be downloaded, as the editor's file says; null in API format, and where the file does not say. */
  url: string | null;
  /** Whether the server has it; null without definitions. */
  available: boolean | null;
}

/** A pack of nodes that the workflow uses, as the editor's file names it. */
export interface UsedPack {
  /** Its name in the Comfy Registry; `"comfy-core"` is ComfyUI itself. */
  id: string | null;
  /** Its repository, `"owner/name"`. */
  repository: string | null;
  /** The versions that its nodes were saved with, in file order. */
  versions: string[];
  /** Ids of its nodes. */
  nodes: string[];
}

/** A note in the editor's file. */
export interface WorkflowNote {
  /** Id of its node. */
  node: string;
  text: string;
  format: "text" | "markdown";
}

/** What somebody chose in ComfyUI's App mode for those who only use the workflow. */
export interface AppMode {
  /** Whether the file opens as an app. */
  opens: boolean;
  /** The inputs that it shows, in its order, as they are called when the workflow is converted. */
  inputs: { node: string; input: string }[];
  /** Ids of the nodes whose results it shows. */
  outputs: string[];
}

/** Something that a recipe tells, and where it stands. */
export interface RecipeFact<Value = Json> {
  value: Value;
  /** Id of the node that has it. */
  node: string;
  /** The input that has it; null where the node's class is what is told, as of a sampler that is a node of its own. */
  input: string | null;
}

/** A LoRA of a recipe. */
export interface RecipeLora {
  name: RecipeFact<string>;
  strengthModel: RecipeFact<number> | null;
  strengthClip: RecipeFact<number> | null;
}

/** What one node that samples was given; null or empty is what it was not given, or what only the run itself knows. */
export interface RecipeStage {
  /** Id of the node that samples. */
  node: string;
  /** The texts that say what is wanted, of which several are put together or belong to parts of the picture. */
  positive: RecipeFact<string>[];
  /** The texts that say what is not wanted. */
  negative: RecipeFact<string>[];
  /** The model; several where they are merged. */
  models: RecipeFact<string>[];
  /** In the order in which they are applied. */
  loras: RecipeLora[];
  sampler: RecipeFact<string> | null;
  scheduler: RecipeFact<string> | null;
  steps: RecipeFact<number> | null;
  cfg: RecipeFact<number> | null;
  /** What distilled models such as FLUX.1 dev have in place of `cfg`. */
  guidance: RecipeFact<number> | null;
  denoise: RecipeFact<number> | null;
  /** Exact: a `bigint` beyond 2^53 − 1. */
  seed: RecipeFact<number | bigint> | null;
  /** The size of the latents that it begins with, in pixels; null where it follows from a picture or a factor. */
  width: RecipeFact<number> | null;
  height: RecipeFact<number> | null;
  /** Frames, of a video. */
  length: RecipeFact<number> | null;
  batchSize: RecipeFact<number> | null;
}

/** How what an output node saves or shows came to be. */
export interface Recipe {
  /** Id of the output node. */
  output: string;
  /** In the order of the run: of a picture that is sampled twice, the second pass is the last. */
  stages: RecipeStage[];
}

/** What is wrong with a workflow. README lists what each code means. */
export type ProblemCode =
  | "link_to_missing_node"
  | "link_to_itself"
  | "invalid_output_index"
  | "cycle"
  | "missing_class_type"
  | "no_output_node"
  | "unused_node"
  | "duplicate_title"
  | "unsafe_integer"
  | "local_path"
  | "missing_file"
  | "size_not_multiple_of_8"
  | "unknown_class"
  | "missing_input"
  | "unknown_input"
  | "wrong_type"
  | "out_of_range"
  | "not_a_choice"
  | "missing_model"
  | "link_type_mismatch"
  | "unknown_output";

/** One problem of a workflow. */
export interface Problem {
  code: ProblemCode;
  /** `"error"`: ComfyUI refuses to run it; `"warning"`: it runs, but perhaps not as meant; `"info"`: a note. */
  severity: "error" | "warning" | "info";
  /** The node it is about; null when it is about the whole workflow. */
  node: string | null;
  /** The input it is about. */
  input: string | null;
  /** What is wrong, one sentence. */
  message: string;
  /** What to do about it, one sentence. */
  advice: string;
}

/** What {@link inspectWorkflow} tells. */
export interface Inspection {
  format: "api" | "editor";
  /** In file order; of editor format also the nodes inside subgraphs, each behind the node that it is in. */
  nodes: InspectedNode[];
  /** Those between nodes that are there; a link that leads nowhere shows at its input and among the problems. */
  links: InspectedLink[];
  /** Ids of nodes, each behind those that feed it; nodes of a cycle come last, in file order. */
  order: string[];
  /** Nodes on the longest chain of links. */
  depth: number;
  /** Ids of the output nodes. */
  outputs: string[];
  /** Frames of the editor; empty in API format. */
  groups: InspectedGroup[];
  models: UsedModel[];
  /** The packs of nodes that it needs, ComfyUI itself among them; empty in API format, which does not name any. */
  packs: UsedPack[];
  /** What was written for people; empty in API format. */
  notes: WorkflowNote[];
  /** What App mode shows; null if there is none. */
  app: AppMode | null;
  /**
   * Prompts, model, LoRAs, sampler, seed and size behind each output that something is sampled for, found through links,
   * reroutes, bypassed nodes, names and subgraphs. In editor format the values have names with definitions alone: give
   * `objectInfo`, or `await NodeDefinitions.bundled()`.
   */
  recipes: Recipe[];
  /** Errors first, then in file order. */
  problems: Problem[];
}

/** What to hold a workflow against. */
export interface InspectOptions {
  /** What a server knows. Without it only the workflow itself is looked at. */
  objectInfo?: ObjectInfo | NodeDefinitions;
  /**
   * What tells of classes that `objectInfo` does not have: {@link NodeDefinitions.customNodes}. Their inputs get names, types
   * and ranges. They are of some version of the pack, so that no problem follows from them.
   */
  customNodes?: NodeDefinitions;
}

/**
 * Looks into a workflow: its nodes, links, order, the inputs that a person would set, the models it needs, its problems.
 *
 * @throws {ViewComfyError} `invalid_workflow`, `invalid_definitions`, `invalid_param` (an unknown option), `not_initialised`
 * @example
 * ```js
 * const { problems } = inspectWorkflow(await file.text(), { objectInfo: await (await fetch("/object_info")).text() });
 * for (const { severity, node, message, advice } of problems) console.log(severity, node, message, advice);
 * ```
 */
export function inspectWorkflow(workflow: AnyWorkflow, options?: InspectOptions): Inspection;

/** An `object_info` that was read once and may be given wherever one is asked for: reading 5 MB of it takes a moment. */
export class NodeDefinitions {
  /** @throws {ViewComfyError} `invalid_definitions`, `not_initialised` */
  constructor(objectInfo: ObjectInfo);
  /**
   * The definitions of ComfyUI's own nodes that come with the package, in a file of its own (49 KB gzipped) that is loaded
   * when first asked for. They have what {@link toApiFormat} reads, and the choices that do not depend on a server's files or on
   * a partner's models. With them {@link inspectWorkflow} says nothing of missing models or of classes that they do not have,
   * and a value that is not among ComfyUI's own choices is a warning, since packs add choices.
   *
   * @param input where the file is, when it is not beside this module
   * @throws {ViewComfyError} `invalid_definitions` with the `cause`, when it cannot be loaded; it may be tried again
   */
  static bundled(
    input?: string | URL | Response | Promise<string | URL | Response>,
  ): Promise<NodeDefinitions>;
  /**
   * The definitions of 2,400 classes of custom nodes that come with the package, in a file of its own (120 KB gzipped) that is
   * loaded when first asked for. {@link toApiFormat} loads it; {@link inspectWorkflow} and {@link formSchema}, which
   * wait for nothing, take it as `customNodes`. `definitions-custom.NOTICE` names the packs and their licences.
   *
   * @param input where the file is, when it is not beside this module
   * @throws {ViewComfyError} `invalid_definitions` with the `cause`, when it cannot be loaded; it may be tried again
   */
  static customNodes(
    input?: string | URL | Response | Promise<string | URL | Response>,
  ): Promise<NodeDefinitions>;
  /** The version of ComfyUI that these are from, of the ones that come with the package; otherwise null. */
  readonly bundledFrom: string | null;
  /** How many classes the server knows. */
  readonly size: number;
  /**
   * Names of the classes that could not be read, since what a server says of them has an odd shape. Their nodes are not
   * checked, and are converted like those of an unknown class; all others work. Where no class at all can be read, the
   * constructor throws.
   */
  readonly unreadable: string[];
  /** Whether the server knows a class. */
  has(classType: string): boolean;
  /**
   * The classes of one workflow in API format, as the text of an `object_info` of their own: some kilobytes that a page can
   * bring along. Of the definitions that come with the package it has the ranges of numbers alone.
   *
   * @throws {ViewComfyError} `invalid_workflow`, `editor_workflow`
   */
  subset(workflow: AnyWorkflow): string;
}

/** What kind of control suits a field; the names are those of `view_comfy.json`, in which `long_text` is read as `long-text`. */
export type FieldType =
  | "string"
  | "long-text"
  | "number"
  | "float"
  | "bigint"
  | "boolean"
  | "seed"
  | "noise_seed"
  | "rand_seed"
  | "select"
  | "slider"
  | "image"
  | "image-mask"
  | "video"
  | "audio";

/** One field of a form. */
export interface FormField {
  /** The parameter key, `"6-inputs-text"`. */
  key: string;
  /** Id of the node. */
  node: string;
  /** Name of the input. */
  input: string;
  title: string;
  type: FieldType;
  /** The value to begin with; null for media, which has to be chosen, unless the workflow names a file of the server. */
  value: Json;
  /** True when the form should begin with a random seed. */
  randomize: boolean;
  /** True when the run needs a value. */
  required: boolean;
  /** Said when a required value is missing; null for a sentence of your own. */
  requiredMessage: string | null;
  /** False for a field that is sent but not shown. */
  visible: boolean;
  placeholder: string | null;
  helpText: string | null;
  tooltip: string | null;
  min: number | bigint | null;
  max: number | bigint | null;
  step: number | null;
  options: { label: string; value: Json }[] | null;
}

/** The fields of one node. */
export interface FormGroup {
  /** `"<id>-<class_type>"`. */
  key: string;
  node: string;
  classType: string | null;
  title: string;
  /** False for a group that is sent but not shown. */
  visible: boolean;
  fields: FormField[];
}

/** A form for a workflow. */
export interface FormSchema {
  /** Title and description by who designed the form; null without a `view_comfy.json`. */
  title: string | null;
  description: string | null;
  /** Addresses of pictures that show what the workflow makes. */
  previewImages: string[];
  /** What is shown first. */
  basic: FormGroup[];
  /** What is shown when asked for. */
  advanced: FormGroup[];
  /** Keys that the designer deleted from the form: they are neither shown nor sent. */
  deleted: string[];
  /** Ids of the nodes whose results the designer shows; null if there is none. */
  outputs: string[] | null;
}

/** What a form is made with. */
export interface FormOptions {
  /** Adds ranges, choices and tooltips. */
  objectInfo?: ObjectInfo | NodeDefinitions;
  /** Adds ranges of classes that `objectInfo` does not have, as for {@link inspectWorkflow}. */
  customNodes?: NodeDefinitions;
  /** A `view_comfy.json`, whose design is used; its workflow must be the one given, or `workflow` is that file itself. */
  viewComfy?: string | Uint8Array | ArrayBuffer | object;
  /**
   * The same workflow as the editor saved it: where somebody chose inputs in App mode, these are the form. A file that has
   * both formats brings it along.
   */
  editorWorkflow?: AnyWorkflow;
}

/**
 * The grouped form of a workflow in API format, as the service's web app derives it, as data for a form of your own.
 *
 * @throws {ViewComfyError} `invalid_workflow`, `editor_workflow`, `invalid_definitions`, `invalid_param` (an unknown option),
 * `not_initialised`
 */
export function formSchema(workflow: AnyWorkflow, options?: FormOptions): FormSchema;

/** A node in one of two workflows. */
export interface DiffedNode {
  id: string;
  classType: string | null;
  title: string;
}

/** A parameter that is in both workflows, with another value, or in one only (the other is null and `in…` is false). */
export interface ChangedParam {
  /** The parameter key in the first workflow, or in the second when it is only there. */
  key: string;
  /** Id of the node in each. */
  nodeA: string;
  nodeB: string;
  input: string;
  inA: boolean;
  inB: boolean;
  a: Json;
  b: Json;
}

/** An input whose link is another one: null where there is a value or nothing. */
export interface RewiredLink {
  nodeA: string;
  nodeB: string;
  input: string;
  a: InputLink | null;
  b: InputLink | null;
}

/** What {@link diffWorkflows} tells. */
export interface WorkflowDiff {
  /** True when the two do the same: nothing below has an entry but `matched`. */
  same: boolean;
  /** Nodes only in the second. */
  added: DiffedNode[];
  /** Nodes only in the first. */
  removed: DiffedNode[];
  /** Nodes whose class or title differs. */
  renamed: { a: DiffedNode; b: DiffedNode }[];
  changed: ChangedParam[];
  rewired: RewiredLink[];
  /** Which node of the first is which of the second: by id, or by class and title where ids moved. */
  matched: { a: string; b: string }[];
}

/**
 * What differs between two workflows in API format.
 *
 * @throws {ViewComfyError} `invalid_workflow`, `editor_workflow`, `not_initialised`
 */
export function diffWorkflows(a: AnyWorkflow, b: AnyWorkflow): WorkflowDiff;

/** How {@link toApiFormat} converts. */
export interface ConvertOptions {
  /** What the server knows. Left out: the definitions that come with the package, for ComfyUI's own nodes. */
  objectInfo?: ObjectInfo | NodeDefinitions;
  /**
   * What tells of classes that those do not have: true for {@link NodeDefinitions.customNodes}, loaded when the workflow has such
   * a class; false for nothing; or definitions that were loaded before. True when left out, but false beside a server's
   * `objectInfo`: a class that the server lacks cannot run there.
   */
  customNodes?: boolean | NodeDefinitions;
  /**
   * What becomes of `{a|b|c}` in prompts, of which the editor draws one at random: the first option (the default), the
   * text as it stands with its comments, or one drawn by a seed from 0 to 2^64 − 1, always the same for the same seed.
   */
  dynamicPrompts?: "first" | "keep" | number | bigint;
  /** The moment for `%date:…%` in file names, in local time; now when left out. */
  now?: Date;
  /**
   * Whether to throw where the report's verdict is not `runs`: `cannot_convert` with the reason `may_not_run` and all
   * `reasons`. False when left out.
   */
  strict?: boolean;
}

/** Something to know about a converted workflow. */
export interface ConvertWarning {
  /**
   * - `unknown_class`: the definitions do not have the class; once for all its nodes. The message says how many there are,
   *   which pack the file names, and for how many of them the names of the values cannot be known: these values are sent as
   *   `UNKNOWN`, `UNKNOWN_1` …, as the editor does.
   * - `unknown_value`: the server does not list the value among its choices.
   * - `live_value`: only an open editor has the value, as of a 3D view or a camera.
   * - `remote_choice`: the editor asks the server for the choices and takes the first.
   * - `comment_cut`: comments were cut from a prompt, also what follows `//` in an address.
   * - `definitions_differ`: the file was saved with another version of the class; once for all its nodes. Of a pack's class,
   *   values are placed where their names are known or their kinds leave no doubt; the message says how many are left.
   * - `wrong_type`: the value cannot be of its input's type, `"randomize"` for a number; it is from another version.
   * - `missing_version`: the file does not say its version; its links were read as those of version 0.4.
   * - `not_finite`: the file, of either format, has `NaN` or an infinity there, which the editor reads as null.
   * - `lost_link`: the link that the file names for the input is not in it, or leads elsewhere; nothing is linked there.
   * - `missing_input`: an output needs the node, the class requires the input, and nothing that runs is linked to it, as behind
   *   a muted node: ComfyUI refuses it.
   * - `repeated_id`: two nodes have one id; the later one has a new id here, or in a subgraph is left out.
   * - `unknown_links`: links that a pack's node makes in the page, and that cannot be told from the file.
   */
  code:
    | "unknown_class"
    | "unknown_value"
    | "live_value"
    | "remote_choice"
    | "comment_cut"
    | "definitions_differ"
    | "wrong_type"
    | "missing_version"
    | "not_finite"
    | "lost_link"
    | "missing_input"
    | "repeated_id"
    | "unknown_links";
  /** Id of the node in the converted workflow, `"12:3"` inside a subgraph, of several the first; null for the whole file. */
  node: string | null;
  /** The input it is about. */
  input: string | null;
  /** The reason, in one sentence. */
  message: string;
  /** What to do about it, one sentence. */
  advice: string;
}

/**
 * Whether a converted workflow runs:
 *
 * - `runs`: as it is, where ComfyUI has the classes of the definitions.
 * - `needs_packs`: where some packs of nodes are installed.
 * - `unknown`: that cannot be known, or it does not as it is.
 */
export type Verdict = "runs" | "needs_packs" | "unknown";

/** A pack whose classes the definitions do not have. */
export interface NeededPack {
  /** `cnr_id`: its name in the Comfy Registry; `"comfy-core"` is ComfyUI itself, in a newer version. */
  id: string | null;
  /** `aux_id`: its repository, `"owner/name"`. Where the file names neither, the pack of these classes is not known. */
  repository: string | null;
  /** The versions that its nodes were saved with. */
  versions: string[];
  /** The classes that are used of it. */
  classes: string[];
  /** Ids of the nodes. */
  nodes: string[];
}

/** A reason why it cannot be known whether a workflow runs. */
export interface ConvertDoubt {
  /** The code of the warning that tells it. */
  code: ConvertWarning["code"];
  /** The class of the nodes; null for the whole file. */
  class: string | null;
  /** Ids of the nodes; of a warning about all nodes of a class the first. */
  nodes: string[];
  /** What is so, of several nodes for the first. */
  message: string;
}

/** Whether a converted workflow runs, and why. */
export interface ConvertReport {
  verdict: Verdict;
  /** The same as one sentence. */
  summary: string;
  /** Packs whose classes the definitions do not have. */
  packs: NeededPack[];
  /** What speaks against it, by class. */
  doubts: ConvertDoubt[];
}

/** What {@link toApiFormat} gives. */
export interface Converted {
  /** The workflow in API format, indented as ComfyUI exports it; seeds keep all their digits. */
  json: string;
  warnings: ConvertWarning[];
  /** Whether it runs; null for a workflow that was in API format already, which is not looked into. */
  report: ConvertReport | null;
}

/**
 * Converts a workflow in editor format to API format, as ComfyUI's own *Export (API)* does; one that is in API format
 * already comes back as it stands. The outcome is JSON that `JSON.parse` reads: `NaN` and infinities are null in it.
 *
 * @throws {ViewComfyError} `cannot_convert` where ComfyUI would not convert it either, with `reason`, `nodeId` and `input`:
 * a link that leads nowhere, a circle of bypassed nodes; with `strict` also what may not run; `invalid_workflow`,
 * `invalid_definitions`, `invalid_param`, `not_initialised`
 * @example
 * ```js
 * const { json, warnings } = await toApiFormat(await file.text());
 * for (const { message, advice } of warnings) console.warn(message, advice);
 * await client.infer({ workflowApi: json, params });
 * ```
 */
export function toApiFormat(workflow: AnyWorkflow, options?: ConvertOptions): Promise<Converted>;

/**
 * Puts values into a workflow of either format and returns its text; whatever is not named stays byte for byte. In editor
 * format the keys are those of the converted workflow, `"3-inputs-seed"`, `"12:3-inputs-seed"` inside a subgraph, and the
 * result converts to that workflow with these values, so that both files stay in step. Give the options of the conversion;
 * `strict` changes nothing here.
 *
 * - A value is written where it stands: at its node, at the instance of a subgraph that shows it, at a primitive node.
 *   Inputs that share one value there change together; two different values for them are refused.
 * - A value in the definition of a subgraph that has several instances cannot be changed for one of them alone. It is
 *   refused unless all of them are given the same.
 * - A choice that would bring other inputs is refused, and so is a value for what is linked.
 * - Texts are written as they are given. What the editor makes of a text when it sends it (`{a|b}` and comments in prompts,
 *   `%date%` in file names), it makes of these as well.
 *
 * @param params as of `applyParams` of `viewcomfy-wasm`, which takes API format alone and needs no definitions
 * @throws {ViewComfyError} `unknown_param` (with `nearest` keys), `invalid_param` for a value that cannot be put in alone,
 * `invalid_workflow`, `invalid_definitions`, `cannot_convert`, `not_initialised`
 * @example
 * ```js
 * const edited = await applyParams(await file.text(), { "3-inputs-seed": 18446744073709551615n });
 * ```
 */
export function applyParams(
  workflow: AnyWorkflow,
  params: AnyParams,
  options?: ConvertOptions,
): Promise<string>;

export { isViewComfyError, ViewComfyError } from "./index.js";
