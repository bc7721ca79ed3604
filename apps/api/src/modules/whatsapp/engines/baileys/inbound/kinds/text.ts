import type { LidUser, PhoneDigits } from '../../../../jid.js';
import { e164, parseJid } from '../../../../jid.js';
import type { Mention } from '@trunkline/contracts';
import type { Reader } from './kind.js';

export const readText: Reader<'text'> = (message) => {
  const text = message.conversation || message.extendedTextMessage?.text;
  if (!text) return undefined;
  const mentions = (message.extendedTextMessage?.contextInfo?.mentionedJid ?? []).flatMap(mentionOf);
  return { kind: 'text', text, ...(mentions.length > 0 ? { mentions } : {}) };
};

function mentionOf(jid: string): Mention[] {
  const address = parseJid(jid);
  if (address.kind === 'phone') return [{ phoneNumber: e164(address.phone satisfies PhoneDigits), lid: null }];
  return address.kind === 'lid' ? [{ phoneNumber: null, lid: address.lid satisfies LidUser }] : [];
}
