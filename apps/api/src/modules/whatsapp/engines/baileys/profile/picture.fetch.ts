/** Pictures lie at WhatsApp's hosts unencrypted, at an address that the server names. */
import { fetchSealed } from '../media/media.download.js';
import type { MediaLine } from '../media/media.line.js';

/** Far above what WhatsApp takes as a picture of somebody. */
const MOST_BYTES = 2_000_000;

/** Undefined when it could not be had. */
export async function fetchPicture(
  line: MediaLine,
  address: string,
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  try {
    const { protocol, host, pathname, search } = new URL(address);
    if (protocol !== 'https:') return undefined;
    const chunks: Uint8Array[] = [];
    const fetching = { line, hosts: [host], path: pathname + search, most: MOST_BYTES, signal };
    for await (const chunk of fetchSealed(fetching)) chunks.push(chunk);
    return Buffer.concat(chunks);
  } catch {
    return undefined; // Whatever it was: there is none to show now, and it is asked for again.
  }
}
