// Leaving the page in mid-run: asked about where the run would be lost, but not where its id finds it again.

/** `loses()` says whether a run goes on that nothing would find again. */
export function setUpLeaving({ loses }) {
  addEventListener("beforeunload", (event) => {
    if (loses()) event.preventDefault();
  });
}
