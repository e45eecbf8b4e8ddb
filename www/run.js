// One run at a time, from the request to its result. Knows the package and the clock, not the page.

/** States a run goes through; the first two are also those without a run. */
export const ACTIVE = new Set(["sending", "waiting", "running"]);

/** Creates the runner. `on` has `state(state, facts)`, `log(line)` and `progress(progress)`. */
export function createRunner(library, on) {
  let current = null;
  const move = (state, facts = {}) => {
    if (current) current.state = state;
    on.state(state, facts);
  };

  async function start({ workflow, params, settings }) {
    if (current) return;
    const controller = new AbortController();
    current = { controller, state: "sending" };
    move("sending");
    try {
      const result = await send({ workflow, params, settings, signal: controller.signal });
      current = null;
      on.state("done", { result });
    } catch (error) {
      current = null;
      if (controller.signal.aborted) on.state("cancelled");
      else on.state("failed", { error });
    }
  }

  function send({ workflow, params, settings, signal }) {
    const client = new library.ViewComfyClient({
      endpoint: settings.endpoint,
      ...settings.credentials,
      rewriteUrl: settings.rewriteUrl,
      waitingAfterSeconds: 3,
    });
    const text = workflow.text;
    const request = {
      params,
      signal,
      ...(settings.sendWorkflow ? { workflowApi: text } : { checkAgainst: text }),
    };
    if (!settings.stream) return client.infer(request);
    return client.inferWithLogs({
      ...request,
      onLog(line) {
        if (current?.state !== "running") move("running");
        on.log(line);
      },
      onProgress: on.progress,
      onError: (message) => on.log(`error: ${message}`),
      onWaiting: (seconds) => move("waiting", { seconds }),
    });
  }

  return { start, cancel: () => current?.controller.abort(), active: () => current !== null };
}

/**
 * The parameters of a run. A run is never sent empty: without a change the package draws the first seed anew,
 * and a workflow without a seed sends its first parameter as it is.
 */
export function paramsToSend(workflow, changes) {
  const entries = changes.entries();
  if (entries.length > 0 || workflow.inputs.some((input) => input.kind === "seed"))
    return Object.fromEntries(entries);
  const first = workflow.inputs.find((input) => input.kind !== "link");
  return first ? { [first.key]: first.value } : {};
}
