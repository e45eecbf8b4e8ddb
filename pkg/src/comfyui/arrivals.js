// What ComfyUI writes to its log when a prompt arrives. A run's own arrival is before its beginning, so between a run's lines these
// are about another caller's prompt, whose workflow is nobody else's to see.

const LEVEL = /^\[[A-Z]+\] /;
const ARRIVED = /^(?:got prompt$|Prompt \S+ is not currently running, )/;
const REFUSAL_BEGINS = /^Failed to validate prompt for output /;
const REFUSAL_ENDS = /^(?:Output will be ignored$|invalid prompt: )/;
const REASON = /^(?:\* .+:$| {2}- )/;

export class Arrivals {
  #refusing = false;

  /** Whether a line is about a prompt that arrives; of several lines, to be asked in their order. */
  has(line) {
    const text = line.replace(LEVEL, "");
    if (REFUSAL_BEGINS.test(text)) {
      this.#refusing = true;
      return true;
    }
    if (REFUSAL_ENDS.test(text)) {
      this.#refusing = false;
      return true;
    }
    return ARRIVED.test(text) || (this.#refusing && REASON.test(text));
  }
}
