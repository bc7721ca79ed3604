import type { Writer } from './kind.js';
import { mediaPart, picturePart, playedPart } from './media.part.js';

export const writeVideo: Writer<'video'> = ({ caption }, outgoing) => ({
  message: {
    videoMessage: {
      ...mediaPart(outgoing),
      ...picturePart(outgoing),
      ...playedPart(outgoing),
      ...(caption ? { caption } : {}),
    },
  },
  attrs: { type: 'media' },
  encAttrs: { mediatype: 'video' },
});
