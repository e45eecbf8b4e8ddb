// Names of inputs whose values are never kept.

const SECRET =
  /(?:^|[_\s-])(?:(?:api|access|auth|secret)[_\s-]?(?:key|token)|token|secret|password|passwd|credentials?)$/i;

/** @param {string} name of an input, such as "api_key" */
export function isSecretName(name) {
  return SECRET.test(name);
}

/** Whether a workflow's own file has such a value. */
export function holdsSecret({ inputs }) {
  return inputs.some(({ name, value }) => isSecretName(name) && typeof value === "string" && value !== "");
}
