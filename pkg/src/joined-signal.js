// A caller's signal together with one of ours.

/** The caller's signal and ours. What is not a signal is passed on, and the client refuses it in its own words. */
export function joinedSignal(given, own) {
  if (given === undefined || given === null) return own;
  try {
    return AbortSignal.any([given, own]);
  } catch {
    return given;
  }
}
