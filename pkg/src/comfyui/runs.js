// Who follows a run on this instance of the route: a run whose caller has left goes on while somebody else follows it. And which
// of these were to be cancelled: of a prompt that was taken from the queue, ComfyUI keeps no record.

export class Runs {
  /** @type {Map<string, { followers: number, isToEnd: boolean }>} */
  #followed = new Map();

  /** Notes one more follower of a prompt. @returns {() => void} to be called when it leaves */
  follow(promptId) {
    const run = this.#followed.get(promptId) ?? { followers: 0, isToEnd: false };
    run.followers += 1;
    this.#followed.set(promptId, run);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      run.followers -= 1;
      if (run.followers === 0) this.#followed.delete(promptId);
    };
  }

  /** How many follow a prompt. */
  count(promptId) {
    return this.#followed.get(promptId)?.followers ?? 0;
  }

  /** Notes for those who follow a prompt that it is being cancelled. */
  noteCancel(promptId) {
    const run = this.#followed.get(promptId);
    if (run) run.isToEnd = true;
  }

  /** Whether a prompt that somebody follows was to be cancelled by this instance. */
  isToEnd(promptId) {
    return this.#followed.get(promptId)?.isToEnd ?? false;
  }
}
