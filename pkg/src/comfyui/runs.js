// Who follows a run on this instance of the route: a run whose caller has left goes on while somebody else follows it.

export class Runs {
  #followers = new Map();

  /** Notes one more follower of a prompt. @returns {() => void} to be called when it leaves */
  follow(promptId) {
    this.#followers.set(promptId, this.count(promptId) + 1);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const rest = this.count(promptId) - 1;
      if (rest > 0) this.#followers.set(promptId, rest);
      else this.#followers.delete(promptId);
    };
  }

  /** How many follow a prompt. */
  count(promptId) {
    return this.#followers.get(promptId) ?? 0;
  }
}
