import { personJid, type LidUser, phoneDigits } from '../../../../jid.js';
import type { Mention } from '@trunkline/contracts';
import type { Writer } from './kind.js';

export const writeText: Writer<'text'> = ({ text, mentions = [] }) => ({
  message: {
    extendedTextMessage: {
      text,
      ...(mentions.length > 0 ? { contextInfo: { mentionedJid: mentions.map(mentionJid) } } : {}),
    },
  },
});

const mentionJid = ({ phoneNumber, lid }: Mention): string =>
  personJid({ phone: phoneNumber === null ? null : phoneDigits(phoneNumber), lid: lid as LidUser | null });
