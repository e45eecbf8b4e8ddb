// Settings from an environment's variables.

/**
 * The value of each option's variable. What is empty, as in a `.env` that is not filled in, counts as not there.
 *
 * @template {Record<string, string>} Variables
 * @param {Variables} variables the variable of each option
 * @param {Record<string, unknown> | undefined} env
 * @returns {{ [option in keyof Variables]: string | undefined }}
 */
export function readVariables(variables, env) {
  const value = (name) => {
    const text = env?.[name];
    return typeof text === "string" && text.trim() !== "" ? text.trim() : undefined;
  };
  const read = Object.entries(variables).map(([option, name]) => [option, value(name)]);
  return /** @type {any} */ (Object.fromEntries(read));
}
