// How the page scrolls: smoothly, unless the person asked for less motion.

/** @returns {ScrollBehavior} */
export function scrollBehavior() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}
