// What a route says of itself and of the run in the headers of its answers: see docs/site/guide/runs.md.

/** The run's id; null where it is not told: by a deployment, for example. */
export function promptIdOf(response) {
  return response.headers.get("viewcomfy-prompt-id");
}

/** Whether the route offers this beside runs: `resume`, `look-up` or `cancel`. */
export function offers(response, ability) {
  const abilities = response.headers.get("viewcomfy-can") ?? "";
  return abilities.split(",").some((word) => word.trim() === ability);
}
