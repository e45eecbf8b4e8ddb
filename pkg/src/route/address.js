// The address of a server, as an option gives it.

/**
 * Reads it, or says what is wrong with it, in words that name the option.
 *
 * @param {object} options
 * @param {string} name
 * @param {{ what: string, variable?: string, otherwise?: string | URL }} more what it is called in messages, how environments
 *   commonly name it, and what it is where it is not given
 * @returns {{ url: URL, problem: undefined } | { url: undefined, problem: string }}
 */
export function addressOf(options, name, { what, variable, otherwise }) {
  const given = options[name] ?? undefined;
  if (given !== undefined && !(given instanceof URL) && typeof given !== "string")
    throw new TypeError(`${name} must be a string or a URL`);
  const set = variable === undefined ? name : `${name} (${variable})`;
  const say = (wrong) => ({ url: undefined, problem: `${what} ${wrong}: set ${set}.` });
  const text = `${given ?? otherwise ?? ""}`;
  if (text === "") return say("is missing");
  if (!URL.canParse(text)) return say("is not a web address");
  const url = new URL(text);
  if (!/^https?:$/.test(url.protocol)) return say("is not a web address");
  if (url.username || url.password) return say("must not have a name or password in it");
  url.hash = "";
  return { url, problem: undefined };
}
