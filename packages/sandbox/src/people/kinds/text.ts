/** Texts with something around them. */
import { PROTOCOL } from '../../signal/message.proto.js';
import type { Kind } from './kind.js';

export const forwarded: Kind<'forwarded'> = {
  write: ({ text, score }) => ({
    extendedTextMessage: { text, contextInfo: { forwardingScore: score, isForwarded: true } },
  }),
};

export const disappearing: Kind<'disappearing'> = {
  write: ({ text, seconds }) => ({
    ephemeralMessage: { message: { extendedTextMessage: { text, contextInfo: { expiration: seconds } } } },
  }),
};

/** How long messages of the chat live from now on; 0: they stay. */
export const timer: Kind<'timer'> = {
  write: ({ seconds }) => ({
    protocolMessage: { type: PROTOCOL.ephemeralSetting, ephemeralExpiration: seconds },
  }),
};

/** Of a kind that is newer than every client. */
export const newer: Kind<'newer'> = {
  write: ({ text }) => ({ newerMessage: { text } }),
};
