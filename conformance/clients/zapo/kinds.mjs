/** What is to be said, as a message of WhatsApp's definitions: what zapo-js takes for all but files. */
import { randomBytes } from 'node:crypto';
import { vcardOf } from '../said.mjs';

const REVOKE = 0;
const TIMER = 3;
const EDIT = 14;
const PIN = 1;

const card = (each) => ({ displayName: each.name, vcard: vcardOf(each) });

/** `keyOf` gives the key of a message that was heard or said, `heard` what it was. */
export const PROTOS = {
  text: ({ text, mentions }) => ({ extendedTextMessage: { text, contextInfo: { mentionedJid: mentions } } }),
  link: ({ text, url, title, description }) => ({
    extendedTextMessage: { text, matchedText: url, title, description },
  }),
  reply: ({ text, about }, { keyOf, heard }) => {
    const { message, author } = heard(about);
    const contextInfo = { stanzaId: keyOf(about).id, participant: author, quotedMessage: message };
    return { extendedTextMessage: { text, contextInfo } };
  },
  reaction: ({ emoji, about }, { keyOf }) => ({
    reactionMessage: { key: keyOf(about), text: emoji, senderTimestampMs: Date.now() },
  }),
  edit: ({ text, about, of }, { keyOf }) => ({
    protocolMessage: {
      key: keyOf(about),
      type: EDIT,
      editedMessage: of ? { [`${of.kind}Message`]: { caption: text } } : { conversation: text },
      timestampMs: Date.now(),
    },
  }),
  delete: ({ about }, { keyOf }) => ({ protocolMessage: { key: keyOf(about), type: REVOKE } }),
  location: ({ latitude, longitude, name }) => ({
    locationMessage: { degreesLatitude: latitude, degreesLongitude: longitude, name },
  }),
  live_location: ({ latitude, longitude, sequence }) => ({
    liveLocationMessage: { degreesLatitude: latitude, degreesLongitude: longitude, sequenceNumber: sequence ?? 1 },
  }),
  contacts: ({ contacts }) => ({
    contactsArrayMessage: { displayName: `${contacts.length}`, contacts: contacts.map(card) },
  }),
  poll: ({ question, options, selectable }) => ({
    messageContextInfo: { messageSecret: randomBytes(32) },
    pollCreationMessage: {
      name: question,
      options: options.map((optionName) => ({ optionName })),
      selectableOptionsCount: selectable,
    },
  }),
  forward: ({ about }, { heard }) => {
    const { message } = heard(about);
    const part = message.extendedTextMessage ?? { text: message.conversation };
    const forwardingScore = (part.contextInfo?.forwardingScore ?? 0) + 1;
    return { extendedTextMessage: { text: part.text, contextInfo: { forwardingScore, isForwarded: true } } };
  },
  disappearing: ({ text, seconds }) => ({ extendedTextMessage: { text, contextInfo: { expiration: seconds } } }),
  timer: ({ seconds }) => ({ protocolMessage: { type: TIMER, ephemeralExpiration: seconds } }),
  choices: ({ text, choices }) => ({
    listMessage: {
      description: text,
      buttonText: 'Choose',
      listType: 1,
      sections: [{ title: '', rows: choices.map((choice) => ({ title: choice, rowId: choice })) }],
    },
  }),
  choice: ({ text }) => ({ buttonsResponseMessage: { selectedButtonId: text, selectedDisplayText: text, type: 1 } }),
  event: ({ name, startsAt, place }) => ({
    messageContextInfo: { messageSecret: randomBytes(32) },
    eventMessage: { name, startTime: Math.floor(startsAt / 1000), location: { name: place } },
  }),
  pin: ({ about }, { keyOf }) => ({
    pinInChatMessage: { key: keyOf(about), type: PIN, senderTimestampMs: Date.now() },
    messageContextInfo: { messageAddOnDurationInSecs: 86_400 },
  }),
  order: ({ text }) => ({ orderMessage: { orderId: '1', orderTitle: text, itemCount: 2, status: 1, surface: 1 } }),
  product: ({ text }) => ({ productMessage: { body: text, product: { productId: '1', title: text } } }),
};
