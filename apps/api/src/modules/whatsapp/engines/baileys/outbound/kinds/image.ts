import type { Writer } from './kind.js';
import { mediaPart, picturePart } from './media.part.js';

export const writeImage: Writer<'image'> = ({ caption }, outgoing) => ({
  message: {
    imageMessage: {
      ...mediaPart(outgoing),
      ...picturePart(outgoing),
      ...(caption ? { caption } : {}),
    },
  },
  attrs: { type: 'media' },
  encAttrs: { mediatype: 'image' },
});
