// The timeout of a test.

/** Ends tests that hang. No test is about time, so it is far more than the slowest one needs on a busy machine. */
export const PATIENCE = { timeout: 180_000 };
