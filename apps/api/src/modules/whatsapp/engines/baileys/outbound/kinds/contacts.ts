import type { ContactCard } from '@trunkline/contracts';
import type { Writer } from './kind.js';

export const writeContacts: Writer<'contacts'> = ({ contacts }) => {
  const cards = contacts.map((card) => ({ displayName: card.name, vcard: vcardOf(card) }));
  const [first] = cards;
  if (cards.length === 1)
    return { message: { contactMessage: first! }, attrs: { type: 'media' }, encAttrs: { mediatype: 'vcard' } };
  return {
    message: { contactsArrayMessage: { displayName: `${cards.length} contacts`, contacts: cards } },
    attrs: { type: 'media' },
    encAttrs: { mediatype: 'contact_array' },
  };
};

/** RFC 2426; `waid` tells WhatsApp that the number may be written to. */
export function vcardOf({ name, organisation, phones, emails = [] }: ContactCard): string {
  return [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `N:;${escaped(name)};;;`,
    `FN:${escaped(name)}`,
    ...(organisation ? [`ORG:${escaped(organisation)};`] : []),
    ...phones.map((phone) => `TEL;type=CELL;type=VOICE;waid=${phone.replace(/\D/g, '')}:${escaped(phone)}`),
    ...emails.map((email) => `EMAIL;type=INTERNET:${escaped(email)}`),
    'END:VCARD',
  ].join('\n');
}

const escaped = (value: string): string =>
  value.replace(/[\\;,]/g, (mark) => `\\${mark}`).replace(/\r\n|\r|\n/g, '\\n');
