// The tab's title while a run goes on: how far it is, so that a person can look elsewhere.

const OWN = document.title;

/** @param {number | null} percent null before the first step is known */
export function titleWhileRunning(percent) {
  document.title = `${percent === null ? "Running" : `${Math.floor(percent)}%`} · ${OWN}`;
}

export function restoreTitle() {
  document.title = OWN;
}
