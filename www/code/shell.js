// Words of a shell's command line.

/** A word as sh, bash and zsh read it back: what is harmless stays as it is. */
export function quoted(text) {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** One command over several lines: each line but the last one goes on. */
export function overLines(words) {
  return words.join(" \\\n  ");
}
