// Failures of the command line itself, and what each exit code means.

/** What the process ends with. The text of `--help` teaches them. */
export const EXIT = {
  done: 0,
  differ: 1,
  warnings: 1,
  errors: 2,
  usage: 3,
  input: 4,
  run: 5,
  unexpected: 70,
};

/** A failure with a code, a sentence that says what is wrong and one that says what to do. */
export class CliFailure extends Error {
  /**
   * @param {string} code
   * @param {string} message
   * @param {string} advice
   * @param {number} [exitCode]
   */
  constructor(code, message, advice, exitCode = EXIT.input) {
    super(message);
    this.code = code;
    this.advice = advice;
    this.exitCode = exitCode;
  }
}

/** The command line itself is wrong. */
export class UsageFailure extends CliFailure {
  /**
   * @param {string} message
   * @param {string} advice
   */
  constructor(message, advice) {
    super("usage", message, advice, EXIT.usage);
  }
}

/** A signal asked the process to end; it ends with 128 and the signal's number. */
export class Interrupted extends CliFailure {
  /**
   * @param {number} number
   * @param {string} ended what became of the run
   */
  constructor(number, ended) {
    const advice = `${ended} Run the command again to start over.`;
    super("interrupted", "stopped before the run was done", advice, 128 + number);
  }
}
