// Sentences with facts in them, in whichever language they are.

/** A sentence with its facts filled in, each in the place of its `{name}`. */
export function say(sentence, facts) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? String(facts[name]) : whole));
}
