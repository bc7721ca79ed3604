import type { ContactCard } from '@trunkline/contracts';
import type { proto } from 'baileys';
import type { Reader } from './kind.js';
import { filled } from './kind.js';

const MOST_CARDS = 100;
const MOST_OF_ONE = 20;

export const readContacts: Reader<'contacts'> = ({ contactMessage, contactsArrayMessage }) => {
  const cards = contactsArrayMessage?.contacts ?? (contactMessage ? [contactMessage] : []);
  const contacts = cards.slice(0, MOST_CARDS).flatMap((card) => cardOf(card) ?? []);
  return contacts.length > 0 ? { kind: 'contacts', contacts } : undefined;
};

/** Undefined for a card that names nobody. */
function cardOf({ displayName, vcard }: proto.Message.IContactMessage): ContactCard | undefined {
  const lines = linesOf(vcard ?? '');
  const all = (name: string): string[] =>
    lines.flatMap((line) => (line.name === name && line.value ? line.value : [])).slice(0, MOST_OF_ONE);
  const name = displayName || all('FN')[0] || all('ORG')[0];
  if (!name) return undefined;
  const emails = all('EMAIL').map((email) => email.slice(0, 254));
  return {
    name: name.slice(0, 200),
    phones: all('TEL').map((phone) => phone.slice(0, 60)),
    ...filled({ organisation: all('ORG')[0]?.replace(/;+$/, '').slice(0, 200) }),
    ...(emails.length > 0 ? { emails } : {}),
  };
}

/** RFC 6350, of which phones use little: folded lines, `group.NAME;parameter=value:value`, escapes. */
function linesOf(vcard: string): { name: string; value: string }[] {
  const unfolded = vcard.replace(/\r?\n[ \t]/g, '').split(/\r?\n/);
  return unfolded.flatMap((line) => {
    const found = /^(?:[\w-]+\.)?([\w-]+)(?:;[^:]*)?:(.*)$/.exec(line);
    if (!found) return [];
    return [{ name: found[1]!.toUpperCase(), value: unescaped(found[2]!).trim() }];
  });
}

const unescaped = (value: string): string =>
  value.replace(/\\(.)/g, (_whole, mark: string) => (mark === 'n' || mark === 'N' ? '\n' : mark));
