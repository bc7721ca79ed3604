import { UNSTORED_MEDIA } from '@trunkline/contracts';
import { readMedia } from '../media.js';
import { filled, type Reader } from './kind.js';

/** A film that says of itself that it plays by itself; to be asked before `video`. */
export const readGif: Reader<'gif'> = (message) => {
  const { videoMessage: video } = message;
  if (!video?.gifPlayback || !readMedia(message)) return undefined;
  return { kind: 'gif', mediaId: UNSTORED_MEDIA, ...filled({ caption: video.caption }) };
};
