// What several runs have in common.

import { paramsToSend } from "../params-sent.js";

/** The client, the request without its parameters, and the parameters; null where a value needs correcting first. */
export function prepareRuns({ workflow, changes, library, known }, settings, view, runner) {
  const problem = changes.firstProblem();
  if (problem !== undefined) {
    view.focusKey(problem);
    return null;
  }
  const { text } = workflow;
  // A random seed is drawn once: what differs between the runs is what was asked for.
  const { objectInfo } = known;
  const { values } = library.buildParams(paramsToSend(workflow, changes), { checkAgainst: text, objectInfo });
  const sent = settings.sendWorkflow ? { workflowApi: text } : { checkAgainst: text };
  return { client: runner.clientOf(settings), request: { ...sent, objectInfo }, params: values };
}
