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

/** With what the page behind its link says of itself, as the writer's phone found it; the picture is a dot. */
export const link: Kind<'link'> = {
  write: ({ text, url, title, description }) => ({
    extendedTextMessage: {
      text,
      matchedText: url,
      title,
      ...(description && { description }),
      jpegThumbnail: DOT,
    },
  }),
};

/** One grey pixel. */
const DOT = Buffer.from(
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/yQALCAABAAEBAREA/8wABgAQEAX/2gAIAQEAAD8A0s8g/9k=',
  'base64',
);

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
