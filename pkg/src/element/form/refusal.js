// Why what stands in a field cannot be sent, in the tag's words.

export class Refusal extends Error {}
