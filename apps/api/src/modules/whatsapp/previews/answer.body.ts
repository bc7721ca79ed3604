import type { IncomingMessage } from 'node:http';

/** The media type without parameters, lower case; undefined where the answer says none or is no success. */
export function typeOf({ statusCode = 0, headers }: IncomingMessage): string | undefined {
  // Packed in spite of what was asked for: a little that unpacks to a lot is not unpacked.
  if (statusCode !== 200 || (headers['content-encoding'] ?? 'identity') !== 'identity') return undefined;
  return headers['content-type']?.split(';')[0]?.trim().toLowerCase();
}

/** The first `most` bytes; `whole` is false when there is more. Ends the answer. */
export async function beginningOf(response: IncomingMessage, most: number): Promise<{ bytes: Buffer; whole: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > most) break;
    }
  } finally {
    response.destroy();
  }
  return { bytes: Buffer.concat(chunks).subarray(0, most), whole: size <= most };
}
