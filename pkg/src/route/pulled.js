// A stream of what an iterator gives, one chunk at a time and only when somebody asks.

/**
 * @param {AsyncIterator<Uint8Array<ArrayBuffer>>} chunks
 * @param {(reason?: unknown) => unknown} cancel what to do when the stream is given up
 * @returns {ReadableStream<Uint8Array<ArrayBuffer>>}
 */
export function pulled(chunks, cancel) {
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        // Node's own chunks are Buffers.
        else controller.enqueue(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
      },
      async cancel(reason) {
        await cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
