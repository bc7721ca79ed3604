import type { Writer } from './kind.js';
import { mediaPart, picturePart } from './media.part.js';

export const writeSticker: Writer<'sticker'> = (_content, outgoing) => {
  const { width = 512, height = 512 } = picturePart(outgoing);
  return {
    message: { stickerMessage: { ...mediaPart(outgoing), width, height } },
    attrs: { type: 'media' },
    encAttrs: { mediatype: 'sticker' },
  };
};
