/** What goes wrong with a transfer, as ways to read it. */

/** Ends with an error after so many bytes, as a line that is cut. */
export async function* cutOff(source: AsyncIterable<Uint8Array>, after: number): AsyncGenerator<Uint8Array> {
  let left = Math.ceil(after);
  for await (const chunk of source) {
    if (chunk.length >= left) {
      yield chunk.subarray(0, left);
      throw new Error('cut');
    }
    left -= chunk.length;
    yield chunk;
  }
}

const PER_SECOND = 20;

export async function* slowed(source: AsyncIterable<Uint8Array>, bytesPerSecond: number): AsyncGenerator<Uint8Array> {
  const piece = Math.max(1, Math.floor(bytesPerSecond / PER_SECOND));
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length; at += piece) {
      yield chunk.subarray(at, at + piece);
      await new Promise((resolve) => setTimeout(resolve, 1000 / PER_SECOND));
    }
  }
}

/** One bit of the first byte. */
export async function* altered(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let first = true;
  for await (const chunk of source) {
    const bytes = Buffer.from(chunk);
    if (first && bytes.length > 0) bytes[0]! ^= 1;
    first = false;
    yield bytes;
  }
}
