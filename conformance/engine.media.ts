/** Files over the engine port, as the conformance cases say them. */
import { createHash } from 'node:crypto';
import { type MediaContent, UNSTORED_MEDIA } from '@trunkline/contracts';
import type { EngineMedia } from '../apps/api/src/modules/whatsapp/engines/engine.js';
import { MEDIA_TYPE_OF, type MediaCapability } from '../apps/api/src/modules/whatsapp/engines/media.js';
import type { Medium, Saying } from './driver.js';

const BOUND_MS = 30_000;

export const isMedium = (saying: Saying): saying is Medium => 'data' in saying;

/** Puts it to the media host and gives what the message says of it. Throws the failure's code. */
export async function uploaded(
  engine: MediaCapability,
  medium: Medium,
): Promise<{ content: MediaContent; media: EngineMedia; viewOnce: boolean }> {
  const { kind, data, mime, fileName = null, waveform = null, caption, viewOnce = false } = medium;
  const source = {
    async *open() {
      yield Buffer.from(data, 'base64');
    },
  };
  const result = await engine.upload(source, MEDIA_TYPE_OF[kind], AbortSignal.timeout(BOUND_MS));
  if (!result.ok) throw new Error(`${result.code}: ${result.detail}`);
  const said = { ...(caption && { caption }), ...(waveform && { waveform }), ...(fileName && { fileName }) };
  const facts = { mime, fileName, width: null, height: null, seconds: null, waveform: null, thumbnail: null };
  return {
    content: { kind, mediaId: UNSTORED_MEDIA, ...said } as MediaContent,
    media: { reference: result.reference, facts },
    viewOnce,
  };
}

export async function fetched(
  engine: MediaCapability,
  { reference }: EngineMedia,
): Promise<{ sha256: string; size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  const sink = async (bytes: AsyncIterable<Uint8Array>): Promise<void> => {
    for await (const chunk of bytes) {
      hash.update(chunk);
      size += chunk.length;
    }
  };
  const result = await engine.download(reference, sink, { most: 10_000_000, signal: AbortSignal.timeout(BOUND_MS) });
  if (!result.ok) throw new Error(`${result.code}: ${result.detail}`);
  return { sha256: hash.digest('hex'), size };
}
