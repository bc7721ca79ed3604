import type { Writer } from './kind.js';
import { mediaPart, playedPart } from './media.part.js';

export const writeVoice: Writer<'voice'> = ({ waveform }, outgoing) => ({
  message: {
    audioMessage: {
      ...asOpus(mediaPart(outgoing)),
      ...playedPart(outgoing),
      ptt: true,
      ...(waveform ? { waveform: Uint8Array.from(waveform) } : {}),
    },
  },
  attrs: { type: 'media' },
  encAttrs: { mediatype: 'ptt' },
});

/** Phones draw it as a voice note only when it says which sound is in the Ogg. */
const asOpus = <T extends { mimetype: string }>(part: T): T =>
  /^audio\/(ogg|opus)/.test(part.mimetype) ? { ...part, mimetype: 'audio/ogg; codecs=opus' } : part;
