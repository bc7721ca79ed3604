import { UNSTORED_MEDIA } from '@trunkline/contracts';
import { readMedia } from '../media.js';
import type { Reader } from './kind.js';

export const readSticker: Reader<'sticker'> = (message) =>
  message.stickerMessage && readMedia(message) ? { kind: 'sticker', mediaId: UNSTORED_MEDIA } : undefined;
