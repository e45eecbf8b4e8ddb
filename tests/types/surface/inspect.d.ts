import type { AnyParams, InitInput, Json } from "./index.js";
export type AnyWorkflow = string | Uint8Array | ArrayBuffer | object;
export type ObjectInfo = string | Uint8Array | ArrayBuffer | object;
export interface InitOptions {
    convert?: InitInput | Promise<InitInput>;
}
export default function init(input?: InitInput | Promise<InitInput>, options?: InitOptions): Promise<void>;
export type FileFormat = "json" | "png" | "webp" | "avif" | "jpeg" | "mp4" | "matroska" | "flac" | "ogg" | "mp3" | "safetensors" | "glb" | "svg";
export interface FoundText {
    json: string;
    where: string;
}
export type Generator = "a1111" | "novelai";
export interface FoundParameters {
    generator: Generator;
    text: string;
    where: string;
}
export interface FoundWorkflow {
    format: FileFormat;
    prompt: FoundText | null;
    workflow: FoundText | null;
    parameters: FoundParameters | null;
    bytesRead: number;
}
export interface FindOptions {
    promptId?: string;
}
export function findWorkflow(file: Blob | Uint8Array | ArrayBuffer, options?: FindOptions): Promise<FoundWorkflow | null>;
export type InputKind = "text" | "long-text" | "integer" | "number" | "boolean" | "choice" | "seed" | "image" | "mask" | "video" | "audio" | "file" | "model" | "link" | "other";
export interface InputLink {
    node: string;
    output: number | null;
}
export interface InspectedInput {
    name: string;
    key: string | null;
    kind: InputKind;
    value: Json;
    link: InputLink | null;
    settable: boolean;
    type: string | null;
    required: boolean | null;
    min: number | bigint | null;
    max: number | bigint | null;
    step: number | null;
    default: Json;
    choices: Json[] | null;
    tooltip: string | null;
}
export interface InspectedOutput {
    name: string;
    type: string | null;
    links: number;
}
export type NodeMode = "active" | "muted" | "bypassed";
export interface InspectedNode {
    id: string;
    classType: string | null;
    title: string;
    category: string | null;
    mode: NodeMode;
    isOutput: boolean;
    depth: number;
    parent: string | null;
    inputs: InspectedInput[];
    outputs: InspectedOutput[];
    position: {
        x: number;
        y: number;
        width: number;
        height: number;
    } | null;
    editorOnly: boolean;
    pack: NodePack | null;
}
export interface NodePack {
    id: string | null;
    repository: string | null;
    version: string | null;
}
export interface InspectedLink {
    from: {
        node: string;
        output: number | null;
    };
    to: {
        node: string;
        input: string;
    };
    type: string | null;
}
export interface InspectedGroup {
    title: string;
    color: string | null;
    position: {
        x: number;
        y: number;
        width: number;
        height: number;
    };
    nodes: string[];
}
export interface UsedModel {
    name: string;
    node: string;
    input: string;
    folder: string | null;
    url: string | null;
    available: boolean | null;
}
export interface UsedPack {
    id: string | null;
    repository: string | null;
    versions: string[];
    nodes: string[];
}
export interface WorkflowNote {
    node: string;
    text: string;
    format: "text" | "markdown";
}
export interface AppMode {
    opens: boolean;
    inputs: {
        node: string;
        input: string;
    }[];
    outputs: string[];
}
export interface RecipeFact<Value = Json> {
    value: Value;
    node: string;
    input: string | null;
}
export interface RecipeLora {
    name: RecipeFact<string>;
    strengthModel: RecipeFact<number> | null;
    strengthClip: RecipeFact<number> | null;
}
export interface RecipeStage {
    node: string;
    positive: RecipeFact<string>[];
    negative: RecipeFact<string>[];
    models: RecipeFact<string>[];
    loras: RecipeLora[];
    sampler: RecipeFact<string> | null;
    scheduler: RecipeFact<string> | null;
    steps: RecipeFact<number> | null;
    cfg: RecipeFact<number> | null;
    guidance: RecipeFact<number> | null;
    denoise: RecipeFact<number> | null;
    seed: RecipeFact<number | bigint> | null;
    width: RecipeFact<number> | null;
    height: RecipeFact<number> | null;
    length: RecipeFact<number> | null;
    batchSize: RecipeFact<number> | null;
}
export interface Recipe {
    output: string;
    stages: RecipeStage[];
}
export type ProblemCode = "link_to_missing_node" | "link_to_itself" | "invalid_output_index" | "cycle" | "missing_class_type" | "no_output_node" | "unused_node" | "duplicate_title" | "unsafe_integer" | "local_path" | "missing_file" | "size_not_multiple_of_8" | "unknown_class" | "missing_input" | "unknown_input" | "wrong_type" | "out_of_range" | "not_a_choice" | "missing_model" | "link_type_mismatch" | "unknown_output";
export interface Problem {
    code: ProblemCode;
    severity: "error" | "warning" | "info";
    node: string | null;
    input: string | null;
    message: string;
    advice: string;
}
export interface Inspection {
    format: "api" | "editor";
    nodes: InspectedNode[];
    links: InspectedLink[];
    order: string[];
    depth: number;
    outputs: string[];
    groups: InspectedGroup[];
    models: UsedModel[];
    packs: UsedPack[];
    notes: WorkflowNote[];
    app: AppMode | null;
    recipes: Recipe[];
    problems: Problem[];
}
export interface InspectOptions {
    objectInfo?: ObjectInfo | NodeDefinitions;
    customNodes?: NodeDefinitions;
}
export function inspectWorkflow(workflow: AnyWorkflow, options?: InspectOptions): Inspection;
export class NodeDefinitions {
    constructor(objectInfo: ObjectInfo);
    static bundled(input?: string | URL | Response | Promise<string | URL | Response>): Promise<NodeDefinitions>;
    static customNodes(input?: string | URL | Response | Promise<string | URL | Response>): Promise<NodeDefinitions>;
    readonly bundledFrom: string | null;
    readonly size: number;
    readonly unreadable: string[];
    has(classType: string): boolean;
    subset(workflow: AnyWorkflow): string;
}
export type FieldType = "string" | "long-text" | "number" | "float" | "bigint" | "boolean" | "seed" | "noise_seed" | "rand_seed" | "select" | "slider" | "image" | "image-mask" | "video" | "audio";
export interface FormField {
    key: string;
    node: string;
    input: string;
    title: string;
    type: FieldType;
    value: Json;
    randomize: boolean;
    required: boolean;
    requiredMessage: string | null;
    visible: boolean;
    placeholder: string | null;
    helpText: string | null;
    tooltip: string | null;
    min: number | bigint | null;
    max: number | bigint | null;
    step: number | null;
    options: {
        label: string;
        value: Json;
    }[] | null;
}
export interface FormGroup {
    key: string;
    node: string;
    classType: string | null;
    title: string;
    visible: boolean;
    fields: FormField[];
}
export interface FormSchema {
    title: string | null;
    description: string | null;
    previewImages: string[];
    basic: FormGroup[];
    advanced: FormGroup[];
    deleted: string[];
    outputs: string[] | null;
}
export interface FormOptions {
    objectInfo?: ObjectInfo | NodeDefinitions;
    customNodes?: NodeDefinitions;
    viewComfy?: string | Uint8Array | ArrayBuffer | object;
    editorWorkflow?: AnyWorkflow;
}
export function formSchema(workflow: AnyWorkflow, options?: FormOptions): FormSchema;
export interface DiffedNode {
    id: string;
    classType: string | null;
    title: string;
}
export interface ChangedParam {
    key: string;
    nodeA: string;
    nodeB: string;
    input: string;
    inA: boolean;
    inB: boolean;
    a: Json;
    b: Json;
}
export interface RewiredLink {
    nodeA: string;
    nodeB: string;
    input: string;
    a: InputLink | null;
    b: InputLink | null;
}
export interface WorkflowDiff {
    same: boolean;
    added: DiffedNode[];
    removed: DiffedNode[];
    renamed: {
        a: DiffedNode;
        b: DiffedNode;
    }[];
    changed: ChangedParam[];
    rewired: RewiredLink[];
    matched: {
        a: string;
        b: string;
    }[];
}
export function diffWorkflows(a: AnyWorkflow, b: AnyWorkflow): WorkflowDiff;
export interface ConvertOptions {
    objectInfo?: ObjectInfo | NodeDefinitions;
    customNodes?: boolean | NodeDefinitions;
    dynamicPrompts?: "first" | "keep" | number | bigint;
    now?: Date;
    strict?: boolean;
}
export interface ConvertWarning {
    code: "unknown_class" | "unknown_value" | "live_value" | "remote_choice" | "comment_cut" | "definitions_differ" | "wrong_type" | "missing_version" | "not_finite" | "lost_link" | "missing_input" | "repeated_id" | "unknown_links";
    node: string | null;
    input: string | null;
    message: string;
    advice: string;
}
export type Verdict = "runs" | "needs_packs" | "unknown";
export interface NeededPack {
    id: string | null;
    repository: string | null;
    versions: string[];
    classes: string[];
    nodes: string[];
}
export interface ConvertDoubt {
    code: ConvertWarning["code"];
    class: string | null;
    nodes: string[];
    message: string;
}
export interface ConvertReport {
    verdict: Verdict;
    summary: string;
    packs: NeededPack[];
    doubts: ConvertDoubt[];
}
export interface Converted {
    json: string;
    warnings: ConvertWarning[];
    report: ConvertReport | null;
}
export function toApiFormat(workflow: AnyWorkflow, options?: ConvertOptions): Promise<Converted>;
export function applyParams(workflow: AnyWorkflow, params: AnyParams, options?: ConvertOptions): Promise<string>;
export { isViewComfyError, ViewComfyError } from "./index.js";
