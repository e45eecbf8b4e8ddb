// In workerd nothing is imported by a name that is only known at run time, so an app hands such packages over.

/** @returns {Promise<any>} */
export async function installed() {
  return undefined;
}
