import { UNSTORED_MEDIA } from '@trunkline/contracts';
import { readMedia } from '../media.js';
import { filled, type Reader } from './kind.js';

export const readImage: Reader<'image'> = (message) => {
  const { imageMessage: image } = message;
  if (!image || !readMedia(message)) return undefined;
  return { kind: 'image', mediaId: UNSTORED_MEDIA, ...filled({ caption: image.caption }) };
};
