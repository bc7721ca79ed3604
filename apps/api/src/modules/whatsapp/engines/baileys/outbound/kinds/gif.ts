import type { Writer } from './kind.js';
import { mediaPart, picturePart, playedPart } from './media.part.js';

export const writeGif: Writer<'gif'> = ({ caption }, outgoing) => ({
  message: {
    videoMessage: {
      ...mediaPart(outgoing),
      ...picturePart(outgoing),
      ...playedPart(outgoing),
      ...(caption ? { caption } : {}),
      gifPlayback: true,
    },
  },
  attrs: { type: 'media' },
  encAttrs: { mediatype: 'gif' },
});
