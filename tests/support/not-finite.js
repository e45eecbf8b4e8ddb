// A result as a service in Python writes it, with numbers that JSON does not have. No imports, since browsers load it too.

const prompt =
  '{"6": {"class_type": "KSampler", "inputs": {"cfg": NaN, "seed": 18446744073709551615, "text": "NaN, -Infinity", ' +
  '"points": [1, -Infinity]}, "is_changed": [NaN, Infinity, -Infinity]}}';

const body =
  `{"prompt_id":"r","status":"success","completed":true,"execution_time_seconds":NaN,"prompt":${prompt},` +
  '"outputs":[{"filename":"a.bin","content_type":"x/y","data":"AAECAw==","size":4},' +
  '{"filename":"b.bin","data":"+/++","size":-Infinity}],"later":{"loss":[Infinity]}}';

export const NOT_FINITE = {
  prompt,
  body,
  /** The bytes of each output. */
  outputs: [
    [0, 1, 2, 3],
    [251, 255, 190],
  ],
  stream: `event: log_message\ndata: loss: NaN\n\nevent: prompt_result\ndata: ${body}\n\n`,
  /** A text cut inside each of the literals. */
  chunks: (text) => text.split(/(?<=Na|-I|Infin)/),
};
