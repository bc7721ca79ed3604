import type { Writer } from './kind.js';
import { mediaPart, playedPart } from './media.part.js';

export const writeAudio: Writer<'audio'> = (_content, outgoing) => ({
  message: { audioMessage: { ...mediaPart(outgoing), ...playedPart(outgoing), ptt: false } },
  attrs: { type: 'media' },
  encAttrs: { mediatype: 'audio' },
});
