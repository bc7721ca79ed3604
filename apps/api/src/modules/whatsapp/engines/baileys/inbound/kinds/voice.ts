import { UNSTORED_MEDIA } from '@trunkline/contracts';
import { readMedia } from '../media.js';
import { filled, type Reader } from './kind.js';

/** Spoken, and recorded in the chat; to be asked before `audio`. */
export const readVoice: Reader<'voice'> = (message) => {
  const { audioMessage: audio } = message;
  const media = audio?.ptt ? readMedia(message) : undefined;
  if (!audio || !media) return undefined;
  return { kind: 'voice', mediaId: UNSTORED_MEDIA, ...filled({ waveform: media.facts.waveform }) };
};
