// <viewcomfy-app>: a workflow's form, and its runs.

import { nameClass } from "../class-name.js";
import { createBar } from "./bar.js";
import { WorkflowElement } from "./base.js";
import { el } from "./dom.js";
import { failureCard } from "./failure.js";
import { createForm } from "./form/form.js";
import { apiFormatOf, definitionsOf, knownFor, knownNote } from "./known.js";
import { loadClient } from "./library.js";
import { createLog } from "./log.js";
import { createOutputs } from "./outputs.js";
import { Run } from "./run.js";

/** See element.d.ts. */
export class ViewComfyApp extends WorkflowElement {
  static {
    nameClass(ViewComfyApp, "ViewComfyApp");
  }

  /** Values from outside, for this workflow and for those that come. */
  #values = {};
  /** What somebody typed, while the form is made anew for the same workflow. */
  #typed = {};
  #clientOptions = {};
  /** What is shown: form, bar, outputs and log, with the workflow and what is known of it. */
  #shown = /** @type {any} */ (null);
  #run = /** @type {Run | null} */ (null);
  #status = /** @type {import("viewcomfy-wasm/element").ElementStatus} */ ("idle");
  #result = /** @type {import("viewcomfy-wasm").PromptResult | null} */ (null);

  get endpoint() {
    return this.getAttribute("endpoint") ?? "";
  }

  set endpoint(address) {
    this.setAttribute("endpoint", String(address));
  }

  get sendWorkflow() {
    return this.hasAttribute("send-workflow");
  }

  set sendWorkflow(sends) {
    this.toggleAttribute("send-workflow", sends);
  }

  get clientOptions() {
    return this.#clientOptions;
  }

  set clientOptions(options) {
    this.#clientOptions = options ?? {};
  }

  get values() {
    return this.#shown?.form.peek() ?? { ...this.#values };
  }

  set values(values) {
    this.#values = { ...this.#values, ...values };
    this.#typed = { ...this.#typed, ...values };
    this.#shown?.form.set(values ?? {});
  }

  get status() {
    return this.#status;
  }

  get result() {
    return this.#result;
  }

  connectedCallback() {
    super.connectedCallback();
    // Their addresses were given back when the tag was taken away.
    if (!this.#shown?.left) return;
    this.#shown.left = false;
    this.#shown.form.back();
    if (this.#result) this.#showOutputs(this.#result).catch(() => {});
  }

  /** A dialog does not outlive its place in the page, not even a move: its editor is left as by Escape. */
  disconnectedCallback() {
    super.disconnectedCallback();
    this.#closeEditor();
  }

  #closeEditor() {
    this.shadowRoot?.querySelector("dialog")?.close();
  }

  /** See element.d.ts. */
  async run() {
    const shown = this.#shown;
    if (!shown || !this.isConnected) return null;
    const params = shown.form.read();
    if (params === null) return null;
    if (!this.tell("run", { params }, { cancelable: true })) return null;
    this.#run?.cancel();
    const run = new Run(this.#heard(shown, () => this.#run === run));
    this.#run = run;
    this.#result = null;
    shown.log.clear();
    shown.failure.replaceChildren();
    const what = this.sendWorkflow ? { workflowApi: shown.workflow } : { checkAgainst: shown.workflow };
    try {
      const result = await run.start(() => this.#client(shown), { params, ...what });
      if (this.#run !== run) return null;
      this.#result = result;
      await this.#showOutputs(result);
      if (this.#run !== run) return null;
      this.#run = null;
      this.#move(shown, "done");
      this.tell("result", { result });
      return result;
    } catch (error) {
      // Who cancels a run lets go of it first.
      if (this.#run !== run) return null;
      this.#run = null;
      this.#failed(shown, error);
      return null;
    }
  }

  /** See element.d.ts. */
  cancel() {
    const run = this.#run;
    if (!run) return;
    this.#run = null;
    run.cancel();
    if (this.#shown) this.#move(this.#shown, "cancelled");
  }

  async made(inspector, { prompt, editor, design }, words) {
    const given = definitionsOf(inspector, this.definitions);
    const workflow = prompt ?? (await apiFormatOf(inspector, editor, given));
    const { known, isWhole } = await knownFor(inspector, this.definitions, workflow);
    const beside = { ...(design && { viewComfy: design }), ...(editor && { editorWorkflow: editor }) };
    const schema = inspector.formSchema(workflow, { ...known, ...beside });
    const form = createForm(schema, words);
    const bar = createBar(words, () => this.cancel());
    const outputs = createOutputs(words);
    const log = createLog(words);
    const failure = el("div", {});
    const element = el(
      "form",
      {
        novalidate: true,
        part: "form",
        on: { submit: (event) => this.#submit(event), keydown: (event) => this.#key(event) },
      },
      form.element,
      el("div", { class: "side", part: "side" }, bar.element, failure, outputs.element, log.element),
    );
    const elements = [knownNote(isWhole, words), element].filter(Boolean);
    return { elements, form, bar, outputs, log, failure, workflow, known, words, schema };
  }

  refresh(isSameSource = false) {
    this.cancel();
    if (!isSameSource) this.#typed = {};
    else if (this.#shown) this.#typed = this.#shown.form.peek();
    this.#leave();
    this.#shown = null;
    super.refresh();
  }

  arrived(shown) {
    this.#shown = shown;
    this.#status = "idle";
    this.#result = null;
    shown.form.set({ ...this.#values, ...this.#typed });
    this.tell("ready", { schema: shown.schema });
  }

  left() {
    this.cancel();
    if (!this.#shown) return;
    this.#leave();
    this.#shown.left = true;
  }

  /** Gives back the addresses of files. */
  #leave() {
    this.#closeEditor();
    this.#shown?.outputs.clear();
    this.#shown?.form.leave();
  }

  #submit(event) {
    event.preventDefault();
    this.run();
  }

  #key(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.run();
    }
    if (event.key === "Escape") this.cancel();
  }

  async #client({ known }) {
    const { ViewComfyClient } = await loadClient();
    const { objectInfo } = known;
    return new ViewComfyClient({ objectInfo, ...this.#clientOptions, endpoint: this.endpoint });
  }

  /** What the page hears of a run, as long as it is the present one. */
  #heard(shown, isPresent) {
    const whilePresent = (tell) => (what) => isPresent() && tell(what);
    return {
      state: whilePresent((state) => this.#move(shown, state)),
      log: whilePresent(shown.log.add),
      progress: whilePresent((progress) => {
        shown.log.markBar();
        shown.bar.progress(progress);
        this.tell("progress", { progress });
      }),
      preview: whilePresent(shown.outputs.preview),
    };
  }

  #move(shown, status) {
    this.#status = status;
    shown.bar.show(status);
  }

  #showOutputs(result) {
    const { form, outputs } = this.#shown;
    const seeds = Object.entries(result.sent?.seeds ?? {}).map(([key, value]) => ({
      label: form.labelOf(key),
      value,
      keep: form.has(key) ? () => form.set({ [key]: value }) : null,
    }));
    return outputs.show(result, seeds);
  }

  #failed(shown, error) {
    this.#move(shown, "failed");
    const { form, words, log } = shown;
    const message = namedAsInForm(error, form);
    const faults = (error?.nodeErrors ?? []).map((fault) => [keyOf(fault), fault.message]);
    if (error?.key) faults.push([error.key, message]);
    const marked = faults.filter(([key, message]) => form.mark(key, message));
    const leadTo = (node, input) => {
      const key = keyOf({ nodeId: node, input });
      return form.has(key) ? () => form.focus(key) : null;
    };
    shown.failure.replaceChildren(failureCard(error, words, { message, leadTo }));
    if (marked.length > 0) form.focus(marked[0][0]);
    else if (error?.logs?.length > 0) log.openAtEnd();
    this.tell("error", { error });
  }
}

/** What an error says, with the field's own name in place of its key. */
function namedAsInForm(error, form) {
  const message = String(error?.message ?? error);
  return error?.key && form.has(error.key)
    ? message.replace(error.key, () => form.labelOf(error.key))
    : message;
}

function keyOf({ nodeId, input }) {
  return `${nodeId}-inputs-${input}`;
}
