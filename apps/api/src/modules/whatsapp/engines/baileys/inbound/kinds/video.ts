import { UNSTORED_MEDIA } from '@trunkline/contracts';
import { readMedia } from '../media.js';
import { filled, type Reader } from './kind.js';

/** A round video note (`ptvMessage`) is one, too. */
export const readVideo: Reader<'video'> = (message) => {
  const video = message.videoMessage ?? message.ptvMessage;
  if (!video || !readMedia(message)) return undefined;
  return { kind: 'video', mediaId: UNSTORED_MEDIA, ...filled({ caption: video.caption }) };
};
