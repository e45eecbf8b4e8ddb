// How a run goes, on stderr: one bar that moves on a terminal, a line now and then elsewhere.

import { oneLine, painter, writeError } from "./terminal.js";

const BAR = 24;
const PLAIN_STEP = 10;
const CLEAR_LINE = "\r\u001b[2K";

export class ProgressView {
  #moves = Boolean(process.stderr.isTTY) && process.env.TERM !== "dumb";
  #paint = painter(process.stderr);
  #shown = false;
  #lastTenth = -1;
  #lastTotal = null;

  /** @param {import("viewcomfy-wasm").Progress} progress */
  progress(progress) {
    if (this.#moves) this.#drawBar(progress);
    else this.#now(progress);
  }

  waiting(seconds) {
    const text = `waiting for the endpoint, which may be starting: ${Math.round(seconds)} s`;
    if (this.#moves) this.#draw(text);
    else this.line(text);
  }

  /** A whole line, above the bar. */
  line(text) {
    writeError(`${this.#shown ? CLEAR_LINE : ""}${text}\n`);
    this.#shown = false;
  }

  /** Takes the bar away. */
  end() {
    if (this.#shown) writeError(CLEAR_LINE);
    this.#shown = false;
  }

  /** @param {string} text without colours; what does not fit is cut, since a second line could not be taken away */
  #draw(text, paint = (line) => line) {
    const width = (process.stderr.columns || 80) - 1;
    writeError(CLEAR_LINE + (text.length > width ? text.slice(0, width) : paint(text)));
    this.#shown = true;
  }

  #drawBar(progress) {
    const { percent, step } = progress;
    if (percent === null) return this.#draw(`step ${step}`);
    const done = Math.max(0, Math.min(BAR, Math.round((percent / 100) * BAR)));
    const [full, rest] = ["█".repeat(done), "░".repeat(BAR - done)];
    const text = `${`${Math.round(percent)}`.padStart(3)} % ${full}${rest} ${figures(progress)}`;
    this.#draw(text, (line) => line.replace(full, this.#paint("green", full)));
  }

  /** Every tenth of the way, and where another bar begins. */
  #now(progress) {
    const tenth = progress.percent === null ? 0 : Math.floor(progress.percent / PLAIN_STEP);
    if (tenth === this.#lastTenth && progress.total === this.#lastTotal) return;
    this.#lastTenth = tenth;
    this.#lastTotal = progress.total;
    const percent = progress.percent === null ? "" : `${Math.round(progress.percent)} %, `;
    this.line(`progress: ${percent}${figures(progress)}`);
  }
}

function figures({ step, total, rate, remainingSeconds }) {
  const left =
    remainingSeconds === null || remainingSeconds === 0 ? "" : `, ${Math.round(remainingSeconds)} s left`;
  const speed = rate === null ? "" : `, ${Number(rate.toPrecision(3))} steps/s`;
  return oneLine(`${step}${total === null ? "" : `/${total}`}${speed}${left}`);
}
