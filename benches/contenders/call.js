// The request that every contender sends: the same form as a client, with a streamed response. No imports.

/**
 * @param {string} url
 * @returns {Promise<ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>>} the response body
 */
export async function call(url) {
  const form = new FormData();
  form.set("params", '{"1-inputs-x":1}');
  form.set("logs", "true");
  const response = await fetch(url, { method: "POST", body: form });
  if (response.status !== 201 || !response.body)
    throw new Error(`the endpoint responded with ${response.status}`);
  return response.body.getReader();
}
