// One run at a time, from the request to its result. Knows the package and the clock, not the page.

/** States a run goes through; the first two are also those without a run. */
export const ACTIVE = new Set(["sending", "waiting", "running"]);

/**
 * Creates the runner. `on` has `state(state, facts)`, `log(line)`, `progress(progress)`, `preview(blob)` and `opened(event)`,
 * which has the run's id where the route tells it.
 */
export function createRunner(library, on) {
  let current = null;
  const move = (state, facts = {}) => {
    if (current) current.state = state;
    on.state(state, facts);
  };

  /** @param {(client: object, signal: AbortSignal) => Promise<object>} send */
  async function follow(settings, send) {
    if (current) return;
    const controller = new AbortController();
    current = { controller, client: null, state: "sending", promptId: null };
    move("sending");
    try {
      current.client = clientOf(settings);
      const result = await send(current.client, controller.signal);
      current = null;
      on.state("done", { result });
    } catch (error) {
      current = null;
      if (controller.signal.aborted) on.state("cancelled");
      else on.state("failed", { error });
    }
  }

  function clientOf(settings) {
    return new library.ViewComfyClient({
      endpoint: settings.endpoint,
      ...settings.credentials,
      rewriteUrl: settings.rewriteUrl,
      waitingAfterSeconds: 3,
    });
  }

  function start({ workflow, params, settings, objectInfo }) {
    const text = workflow.text;
    const what = settings.sendWorkflow ? { workflowApi: text } : { checkAgainst: text };
    return follow(settings, (client, signal) => {
      const request = { params, signal, objectInfo, ...what };
      return settings.stream ? client.inferWithLogs({ ...request, ...handlers }) : client.infer(request);
    });
  }

  /** Goes on with a run that was begun before. */
  function resume({ promptId, settings }) {
    return follow(settings, (client, signal) => {
      current.promptId = promptId;
      return client.resume(promptId, { signal, ...handlers });
    });
  }

  const handlers = {
    onOpen(event) {
      if (current) current.promptId ??= event.promptId;
      on.opened(event);
    },
    onLog(line) {
      if (current?.state !== "running") move("running");
      on.log(line);
    },
    onProgress: on.progress,
    onPreview: on.preview,
    onError: (message) => on.log(`error: ${message}`),
    onWaiting: (seconds) => move("waiting", { seconds }),
  };

  /** Where the run has an id, leaving alone may not end it. */
  function cancel() {
    if (!current) return;
    const { client, controller, promptId } = current;
    controller.abort();
    if (promptId !== null) client.cancel(promptId).catch(() => {});
  }

  return {
    start,
    resume,
    cancel,
    active: () => current !== null,
    /** A client for what is asked beside runs. */
    clientOf,
  };
}
