// How long a test may take.

/** What hangs ends after this. No test is about time, so it is far more than the slowest needs on a busy machine. */
export const PATIENCE = { timeout: 180_000 };
