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

/** With what the page behind its link says of itself, as the writer's phone found it; the picture is the same always. */
export const link: Kind<'link'> = {
  write: ({ text, url, title, description }) => ({
    extendedTextMessage: {
      text,
      matchedText: url,
      title,
      ...(description && { description }),
      jpegThumbnail: HILLS,
    },
  }),
};

/** A sun over green hills, 72 to 72, as a JPEG. */
const HILLS = Buffer.from(
  '/9j/2wBDABcXFxcYFxocHBokJiImJDUwLCwwNVA5PTk9OVB5S1hLS1hLeWuBaWJpgWvAl4WFl8DeurC63v/w8P//////////2wBDARcXFxcYFxoc' +
    'HBokJiImJDUwLCwwNVA5PTk9OVB5S1hLS1hLeWuBaWJpgWvAl4WFl8DeurC63v/w8P//////////wgARCABIAEgDASIAAhEBAxEB/8QAGgABAAMB' +
    'AQEAAAAAAAAAAAAAAAIDBQQBBv/EABkBAAMBAQEAAAAAAAAAAAAAAAADBAEFAv/aAAwDAQACEAMQAAAA1xyLAAAAAAAafDoVpRkqVlLauXUGaIbl' +
    'un85o1z6SjPbnkse3wnURRX0cHjq8ZKJqu3iPDA9rmgWwGLAAAAAP//EACMQAQABAwMEAwEAAAAAAAAAAAECAAMRBCFREBIgMRQiQFL/2gAIAQEA' +
    'AT8A/LY0sYhKZl4rBxV/SxRlAw+VkG7DPPhfAuzDnxhLslGXDQkgTopEVq/qIxnl9rQkgRydZ3IwMya+XLv9fXirGpQzbltxXzp/wVq9ZN9u/FKq' +
    'rVq9K28nFQnGZmLV3URhtHdqUpScycvSE5QcxadWdmx9qVVXrbuStuT8f//EACIRAAICAQMEAwAAAAAAAAAAAAECABEDBBAiEiAhURMxMv/aAAgB' +
    'AgEBPwDu02MG2MZFcURGFEj0dgCTQETr0/7XiZ8yt4Tk0fS8bB5wgg0ZjwpjHj79wgEUYmJMd9I2bFjc2y2e7//EACERAQACAgAGAwAAAAAAAAAA' +
    'AAECAwARBBASICEiMTJB/9oACAEDAQE/AO6ySaDBRwdg8lAVdGFld30fJjHoGU3QZDjPf2PTBEEctuna+Xx+GCiI5ZbOzXU/HKF1sDUZId3/2Q==',
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
