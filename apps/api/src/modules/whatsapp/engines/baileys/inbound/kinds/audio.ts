import { UNSTORED_MEDIA } from '@trunkline/contracts';
import { readMedia } from '../media.js';
import type { Reader } from './kind.js';

export const readAudio: Reader<'audio'> = (message) =>
  message.audioMessage && readMedia(message) ? { kind: 'audio', mediaId: UNSTORED_MEDIA } : undefined;
