/** What is to be said, as Baileys' own `sendMessage` wants it; what that cannot make is a proto for `relayMessage`. */
import { vcardOf } from '../said.mjs';
import { MEDIA } from './media.mjs';

/** `messageOf` gives a message that was heard or said, as Baileys told it. */
export const CONTENTS = {
  text: ({ text, mentions }) => ({ text, mentions }),
  link: ({ text, url, title, description }) => ({
    text,
    linkPreview: { 'canonical-url': url, 'matched-text': url, title, description },
  }),
  reply: ({ text }) => ({ text }),
  reaction: ({ emoji, about }, messageOf) => ({ react: { text: emoji, key: messageOf(about).key } }),
  edit: ({ text, about, of }, messageOf) => ({
    ...(of ? MEDIA[of.kind]({ ...of, caption: text }) : { text }),
    edit: messageOf(about).key,
  }),
  delete: ({ about }, messageOf) => ({ delete: messageOf(about).key }),
  location: ({ latitude, longitude, name }) => ({
    location: { degreesLatitude: latitude, degreesLongitude: longitude, name },
  }),
  contacts: ({ contacts }) => ({
    contacts: {
      displayName: `${contacts.length}`,
      contacts: contacts.map((card) => ({ displayName: card.name, vcard: vcardOf(card) })),
    },
  }),
  poll: ({ question, options, selectable }) => ({
    poll: { name: question, values: options, selectableCount: selectable },
  }),
  forward: ({ about }, messageOf) => ({ forward: messageOf(about), force: true }),
  disappearing: ({ text }) => ({ text }),
  timer: ({ seconds }) => ({ disappearingMessagesInChat: seconds }),
  choice: ({ text }) => ({ buttonReply: { id: text, displayText: text, index: 0 }, type: 'plain' }),
  event: ({ name, startsAt, place }) => ({ event: { name, startDate: new Date(startsAt), location: { name: place } } }),
  pin: ({ about }, messageOf) => ({ pin: messageOf(about).key, type: 1, time: 86400 }),
};

export const PROTOS = {
  live_location: ({ latitude, longitude, sequence }) => ({
    liveLocationMessage: { degreesLatitude: latitude, degreesLongitude: longitude, sequenceNumber: sequence ?? 1 },
  }),
  choices: ({ text, choices }) => ({
    buttonsMessage: {
      contentText: text,
      headerType: 1,
      buttons: choices.map((choice) => ({ buttonId: choice, buttonText: { displayText: choice }, type: 1 })),
    },
  }),
  order: ({ text }) => ({
    orderMessage: {
      orderId: '1',
      orderTitle: text,
      itemCount: 2,
      status: 1,
      surface: 1,
      sellerJid: '0@s.whatsapp.net',
    },
  }),
  product: ({ text }) => ({ productMessage: { body: text, product: { productId: '1', title: text } } }),
};

export const OPTIONS = {
  reply: ({ about }, messageOf) => ({ quoted: messageOf(about) }),
  disappearing: ({ seconds }) => ({ ephemeralExpiration: seconds }),
};
