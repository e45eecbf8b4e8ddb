/**
 * `viewcomfy-wasm/element`: two tags. Importing this makes them known to the page; on a server it does nothing. What they need
 * of `viewcomfy-wasm` and `viewcomfy-wasm/inspect` they load when they first need it, once for all tags of a page.
 *
 * Styles: the variables `--viewcomfy-accent`, `--viewcomfy-on-accent`, `--viewcomfy-bad`, `--viewcomfy-radius`, `--viewcomfy-gap`,
 * `--viewcomfy-font` and `--viewcomfy-graph-height`, and `::part(…)`. Colours else are shades of the text around the tag.
 * @module
 */

import type { AnyParams, ClientOptions, ErrorCode, ParamValue, Progress, PromptResult } from "./index.js";
import type { AnyWorkflow, FormSchema, Inspection, NodeDefinitions, ObjectInfo } from "./inspect.js";

/** What a tag says. In sentences, `{name}` and its like are filled in. */
export interface ElementStrings {
  nothing: string;
  loading: string;
  run: string;
  cancel: string;
  advanced: string;
  newSeed: string;
  chooseFile: string;
  removeFile: string;
  chosenFile: string;
  serverFile: string;
  slider: string;
  notOnTheList: string;
  notANumber: string;
  notJson: string;
  needed: string;
  sending: string;
  waiting: string;
  running: string;
  done: string;
  cancelled: string;
  failed: string;
  progress: string;
  step: string;
  remaining: string;
  log: string;
  outputs: string;
  noOutputs: string;
  preview: string;
  output: string;
  save: string;
  notShown: string;
  seedUsed: string;
  keepSeed: string;
  nearest: string;
  serviceSaid: string;
  graph: string;
  graphHelp: string;
  zoomIn: string;
  zoomOut: string;
  showAll: string;
  recipe: string;
  positive: string;
  negative: string;
  model: string;
  lora: string;
  sampler: string;
  steps: string;
  cfg: string;
  guidance: string;
  denoise: string;
  seed: string;
  size: string;
  frames: string;
  parameters: string;
  linkedFrom: string;
  models: string;
  missing: string;
  download: string;
  notes: string;
  lessKnown: string;
  paintMask: string;
  paintMaskOn: string;
  chooseMask: string;
  chooseMaskHelp: string;
  maskFile: string;
  chosenMask: string;
  removeMask: string;
  notPaintable: string;
  unreadableMask: string;
  maskOfOtherSize: string;
  pixels: string;
  maskEditor: string;
  maskSheet: string;
  painting: string;
  painted: string;
  erased: string;
  maskTools: string;
  brush: string;
  eraser: string;
  brushSize: string;
  brushSizeHelp: string;
  invertMask: string;
  clearMask: string;
  undo: string;
  redo: string;
  maskHint: string;
  maskKeys: string;
  maskTooLarge: string;
  leaveMask: string;
  useMask: string;
  /** Title and advice for each error; `unexpected` is for what is not an error of this package. */
  errors: { [code in ErrorCode | "unexpected"]?: [title: string, advice: string] };
}

/** Where the runs of a {@link ViewComfyApp} stand. */
export type ElementStatus = "idle" | "sending" | "waiting" | "running" | "done" | "cancelled" | "failed";

/** What both tags have. Each attribute is a property too, and a change of either is followed. */
export interface WorkflowElement extends HTMLElement {
  /** Address of a workflow in API or editor format, of a `view_comfy.json`, or of a file that ComfyUI wrote one into. */
  src: string;
  /** `"lazy"` loads nothing before the tag comes near the window; default `"eager"`. */
  loading: "eager" | "lazy";
  /** The workflow itself, or a file with one in it, in place of `src`; null, the default, for `src`. Prefer text, bytes or a file. */
  workflow: AnyWorkflow | Blob | null;
  /** What the server knows; null, the default, for the definitions that come with the package. */
  definitions: ObjectInfo | NodeDefinitions | null;
  /** The tag's own words, in place of the English ones. */
  strings: Partial<ElementStrings>;
}

/**
 * `<viewcomfy-app src="workflow_api.json" endpoint="/api/viewcomfy">`: a workflow's form, Run and Cancel, progress, log and outputs.
 *
 * Every field of the form is sent as it stands there. A run ends when the tag is taken out of the page; a tag that is moved in
 * one go keeps its run.
 * @example
 * ```js
 * import "viewcomfy-wasm/element";
 * const app = document.querySelector("viewcomfy-app");
 * app.addEventListener("result", ({ detail }) => console.log(detail.result.outputs));
 * ```
 */
export interface ViewComfyApp extends WorkflowElement {
  /** Where runs go: a route of your own server. Never a deployment's address with its secret. */
  endpoint: string;
  /** Whether the workflow is sent along, as `viewcomfy-wasm/comfyui` needs it; the attribute is `send-workflow`. */
  sendWorkflow: boolean;
  /** What the client is made with besides: headers, a token, limits. */
  clientOptions: Partial<Omit<ClientOptions, "endpoint">>;
  /**
   * Reading gives what the form holds, by parameter key. Setting changes the fields that are named and leaves the others; what the
   * form does not show is sent as well. Values are kept for the next workflow.
   */
  get values(): Record<string, ParamValue>;
  set values(values: AnyParams);
  /** Where the latest run stands. */
  readonly status: ElementStatus;
  /** The latest run's result; null until it is done. */
  readonly result: PromptResult | null;
  /**
   * Runs what the form holds, as its button does; a run that goes on is cancelled first.
   * @returns the result; null where it failed (`error` has told why), was cancelled, or a field is at fault. It never rejects.
   */
  run(): Promise<PromptResult | null>;
  /** Ends the run that goes on, at the server too; without one it does nothing. */
  cancel(): void;
  addEventListener<Name extends keyof ViewComfyAppEventMap>(
    type: Name,
    listener: (this: ViewComfyApp, event: ViewComfyAppEventMap[Name]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<Name extends keyof ViewComfyAppEventMap>(
    type: Name,
    listener: (this: ViewComfyApp, event: ViewComfyAppEventMap[Name]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions,
  ): void;
}

/** `<comfy-workflow src="picture.png">`: a workflow's graph, recipe, models, notes and parameters. Nothing is run. */
export interface ComfyWorkflow extends WorkflowElement {
  /** What is shown, as `inspectWorkflow` gives it; null until it is there. */
  readonly inspection: Inspection | null;
  addEventListener<Name extends keyof ComfyWorkflowEventMap>(
    type: Name,
    listener: (this: ComfyWorkflow, event: ComfyWorkflowEventMap[Name]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<Name extends keyof ComfyWorkflowEventMap>(
    type: Name,
    listener: (this: ComfyWorkflow, event: ComfyWorkflowEventMap[Name]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions,
  ): void;
}

/** Events of {@link ViewComfyApp}. They bubble, also out of the shadow trees of others. */
export interface ViewComfyAppEventMap extends Omit<HTMLElementEventMap, "error" | "progress"> {
  /** The form is there. */
  ready: CustomEvent<{ schema: FormSchema }>;
  /** A run begins with these values; `preventDefault()` keeps it from being sent. */
  run: CustomEvent<{ params: Record<string, ParamValue> }>;
  progress: CustomEvent<{ progress: Progress }>;
  result: CustomEvent<{ result: PromptResult }>;
  /** A run failed, or the workflow could not be read: mostly a `ViewComfyError`. */
  error: CustomEvent<{ error: unknown }>;
}

/** Events of {@link ComfyWorkflow}. */
export interface ComfyWorkflowEventMap extends Omit<HTMLElementEventMap, "error"> {
  /** The workflow is shown. */
  ready: CustomEvent<{ inspection: Inspection }>;
  /** It could not be read. */
  error: CustomEvent<{ error: unknown }>;
}

/** The class of the tag `viewcomfy-app`. */
export const ViewComfyApp: { prototype: ViewComfyApp; new (): ViewComfyApp };
/** The class of the tag `comfy-workflow`. */
export const ComfyWorkflow: { prototype: ComfyWorkflow; new (): ComfyWorkflow };

declare global {
  interface HTMLElementTagNameMap {
    "viewcomfy-app": ViewComfyApp;
    "comfy-workflow": ComfyWorkflow;
  }
}
