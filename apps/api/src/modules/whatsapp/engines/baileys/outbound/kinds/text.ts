import { personJid, type LidUser, phoneDigits } from '../../../../jid.js';
import type { LinkPreview, Mention } from '@trunkline/contracts';
import type { proto } from 'baileys';
import type { Writer } from './kind.js';

export const writeText: Writer<'text'> = ({ text, mentions = [], preview }) => ({
  message: {
    extendedTextMessage: {
      text,
      ...(preview ? previewPart(preview) : {}),
      ...(mentions.length > 0 ? { contextInfo: { mentionedJid: mentions.map(mentionJid) } } : {}),
    },
  },
});

const NO_VIDEO = 0;

/** `matchedText` is the link as it stands in the text. */
const previewPart = ({ url, title, description, thumbnail }: LinkPreview): proto.Message.IExtendedTextMessage => ({
  matchedText: url,
  previewType: NO_VIDEO,
  ...(title ? { title } : {}),
  ...(description ? { description } : {}),
  ...(thumbnail ? { jpegThumbnail: Buffer.from(thumbnail, 'base64') } : {}),
});

const mentionJid = ({ phoneNumber, lid }: Mention): string =>
  personJid({ phone: phoneNumber === null ? null : phoneDigits(phoneNumber), lid: lid as LidUser | null });
