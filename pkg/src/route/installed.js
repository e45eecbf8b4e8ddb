// Packages that an app may have installed or not.

/**
 * Such a package; undefined where it is not there. Its name is not a literal of the `import`, or a bundler would insist on it.
 *
 * @param {string} name
 * @returns {Promise<any>}
 */
export async function installed(name) {
  try {
    return await import(/* webpackIgnore: true */ /* @vite-ignore */ name);
  } catch {
    return undefined;
  }
}
