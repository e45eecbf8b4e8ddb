import type { AnyParams, ClientOptions, ErrorCode, ParamValue, Progress, PromptResult } from "./index.js";
import type { AnyWorkflow, FormSchema, Inspection, NodeDefinitions, ObjectInfo } from "./inspect.js";
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
    errors: {
        [code in ErrorCode | "unexpected"]?: [
            title: string,
            advice: string
        ];
    };
}
export type ElementStatus = "idle" | "sending" | "waiting" | "running" | "done" | "cancelled" | "failed";
export interface WorkflowElement extends HTMLElement {
    src: string;
    loading: "eager" | "lazy";
    workflow: AnyWorkflow | Blob | null;
    definitions: ObjectInfo | NodeDefinitions | null;
    strings: Partial<ElementStrings>;
}
export interface ViewComfyApp extends WorkflowElement {
    endpoint: string;
    sendWorkflow: boolean;
    clientOptions: Partial<Omit<ClientOptions, "endpoint">>;
    get values(): Record<string, ParamValue>;
    set values(values: AnyParams);
    readonly status: ElementStatus;
    readonly result: PromptResult | null;
    run(): Promise<PromptResult | null>;
    cancel(): void;
    addEventListener<Name extends keyof ViewComfyAppEventMap>(type: Name, listener: (this: ViewComfyApp, event: ViewComfyAppEventMap[Name]) => unknown, options?: boolean | AddEventListenerOptions): void;
    addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
    removeEventListener<Name extends keyof ViewComfyAppEventMap>(type: Name, listener: (this: ViewComfyApp, event: ViewComfyAppEventMap[Name]) => unknown, options?: boolean | EventListenerOptions): void;
    removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
}
export interface ComfyWorkflow extends WorkflowElement {
    readonly inspection: Inspection | null;
    addEventListener<Name extends keyof ComfyWorkflowEventMap>(type: Name, listener: (this: ComfyWorkflow, event: ComfyWorkflowEventMap[Name]) => unknown, options?: boolean | AddEventListenerOptions): void;
    addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
    removeEventListener<Name extends keyof ComfyWorkflowEventMap>(type: Name, listener: (this: ComfyWorkflow, event: ComfyWorkflowEventMap[Name]) => unknown, options?: boolean | EventListenerOptions): void;
    removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
}
export interface ViewComfyAppEventMap extends Omit<HTMLElementEventMap, "error" | "progress"> {
    ready: CustomEvent<{
        schema: FormSchema;
    }>;
    run: CustomEvent<{
        params: Record<string, ParamValue>;
    }>;
    progress: CustomEvent<{
        progress: Progress;
    }>;
    result: CustomEvent<{
        result: PromptResult;
    }>;
    error: CustomEvent<{
        error: unknown;
    }>;
}
export interface ComfyWorkflowEventMap extends Omit<HTMLElementEventMap, "error"> {
    ready: CustomEvent<{
        inspection: Inspection;
    }>;
    error: CustomEvent<{
        error: unknown;
    }>;
}
export const ViewComfyApp: {
    prototype: ViewComfyApp;
    new (): ViewComfyApp;
};
export const ComfyWorkflow: {
    prototype: ComfyWorkflow;
    new (): ComfyWorkflow;
};
declare global {
    interface HTMLElementTagNameMap {
        "viewcomfy-app": ViewComfyApp;
        "comfy-workflow": ComfyWorkflow;
    }
}
