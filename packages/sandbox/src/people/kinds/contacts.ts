import type { Kind } from './kind.js';

const vcard = (name: string, phone: string): string =>
  [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `FN:${name}`,
    `TEL;type=CELL;waid=${phone.replace(/\D/g, '')}:${phone}`,
    'END:VCARD',
  ].join('\n');

export const contacts: Kind<'contacts'> = {
  stanzaType: 'media',
  read: ({ contactMessage: one, contactsArrayMessage: many }) => {
    const cards = many?.contacts ?? (one ? [one] : []);
    const [first] = cards;
    return first && { kind: 'contacts', text: first.displayName ?? '', detail: { contacts: cards.map(card) } };
  },
  write: ({ contacts }) => {
    const cards = contacts.map(({ name, phone }) => ({ displayName: name, vcard: vcard(name, phone) }));
    const [first] = cards;
    if (cards.length === 1 && first) return { contactMessage: first };
    return { contactsArrayMessage: { displayName: `${cards.length} contacts`, contacts: cards } };
  },
};

const card = ({ displayName, vcard }: { displayName?: string; vcard?: string }) => ({
  name: displayName ?? '',
  phones: [...(vcard ?? '').matchAll(/^TEL[^:]*:(.+)$/gm)].map(([, phone]) => phone?.trim()),
});
