/**
 * What a decrypted message says, in the words of driver.ts. Both libraries hand out WhatsApp's own definitions, so one
 * reading serves both; they take off the wrappers themselves.
 */

/** `inner` is the message without wrappers, `outer` as it came. Undefined when it says nothing to a person. */
export function saidBy(inner, outer) {
  const said = inner && contentOf(inner);
  return said && plain({ ...aroundOf(inner), ...said, viewOnce: isViewOnce(inner, outer) || undefined });
}

function contentOf(message) {
  for (const [field, read] of Object.entries(READERS)) if (message[field]) return read(message[field], field);
  return undefined;
}

const about = (key) => key?.id;
const place = ({ degreesLatitude: latitude, degreesLongitude: longitude, name, caption }) => ({
  latitude,
  longitude,
  name: name || undefined,
  caption: caption || undefined,
});
const poll = ({ name, options, selectableOptionsCount }) => ({
  kind: 'poll',
  question: name,
  options: options.map(({ optionName }) => optionName),
  selectable: selectableOptionsCount ?? 0,
});
const phoneOf = (vcard) => /^TEL[^:]*:(.+)$/m.exec(vcard ?? '')?.[1]?.trim();
const card = ({ displayName: name, vcard }) => ({ name, phone: phoneOf(vcard) });
const medium = (kind) => () => ({ kind });

const PROTOCOL = { 0: 'delete', 3: 'timer', 14: 'edit' };

function protocol({ type, key, editedMessage, ephemeralExpiration }) {
  const kind = PROTOCOL[type ?? 0];
  if (kind === 'delete') return { kind, about: about(key) };
  if (kind === 'timer') return { kind, seconds: ephemeralExpiration ?? 0 };
  return kind && { kind, about: about(key), text: wordsOf(editedMessage ?? {}) };
}

function wordsOf(edited) {
  const { imageMessage, videoMessage, documentMessage } = edited;
  return contentOf(edited)?.text ?? (imageMessage ?? videoMessage ?? documentMessage)?.caption;
}

const READERS = {
  conversation: (text) => ({ kind: 'text', text }),
  extendedTextMessage: ({ text, matchedText, title, description }) => ({
    kind: 'text',
    text,
    preview: matchedText ? { url: matchedText, title, description } : undefined,
  }),
  reactionMessage: ({ key, text }) => ({ kind: 'reaction', about: about(key), emoji: text ?? '' }),
  protocolMessage: protocol,
  pinInChatMessage: ({ key, type }) => ({ kind: 'pin', about: about(key), pinned: Number(type) === 1 }),
  locationMessage: (message) => ({ kind: 'location', ...place(message) }),
  liveLocationMessage: (message) => ({ kind: 'live_location', ...place(message) }),
  contactMessage: (message) => ({ kind: 'contacts', contacts: [card(message)] }),
  contactsArrayMessage: ({ contacts }) => ({ kind: 'contacts', contacts: contacts.map(card) }),
  pollCreationMessage: poll,
  pollCreationMessageV3: poll,
  pollUpdateMessage: ({ pollCreationMessageKey: key }) => ({ kind: 'vote', about: about(key) }),
  buttonsMessage: ({ contentText, buttons }) => ({
    kind: 'choices',
    text: contentText,
    choices: buttons.map(({ buttonText }) => buttonText.displayText),
  }),
  listMessage: ({ description, sections }) => ({
    kind: 'choices',
    text: description,
    choices: sections.flatMap(({ rows }) => rows.map(({ title }) => title)),
  }),
  buttonsResponseMessage: ({ selectedDisplayText: text }) => ({ kind: 'choice', text }),
  eventMessage: ({ name, startTime, location }) => ({
    kind: 'event',
    name,
    startsAt: Number(startTime) * 1000,
    place: location?.name || undefined,
  }),
  imageMessage: medium('image'),
  videoMessage: ({ gifPlayback }) => ({ kind: gifPlayback ? 'gif' : 'video' }),
  audioMessage: ({ ptt }) => ({ kind: ptt ? 'voice' : 'audio' }),
  documentMessage: medium('document'),
  stickerMessage: medium('sticker'),
};

function aroundOf(message) {
  const info = Object.values(message).find((part) => part?.contextInfo)?.contextInfo;
  return {
    mentions: info?.mentionedJid?.length ? info.mentionedJid : undefined,
    quotes: info?.stanzaId || undefined,
    score: info?.forwardingScore || undefined,
    seconds: info?.expiration || undefined,
  };
}

const isViewOnce = ({ imageMessage }, outer) =>
  Boolean(imageMessage?.viewOnce || outer.viewOnceMessage || outer.viewOnceMessageV2);

/** Of the protobuf's own objects (numbers with methods, missing as null) nothing is left. */
const plain = (said) => JSON.parse(JSON.stringify(said, (_key, value) => value ?? undefined));

/** A contact card as an address book writes it. */
export const vcardOf = ({ name, phone }) =>
  ['BEGIN:VCARD', 'VERSION:3.0', `FN:${name}`, `TEL;waid=${phone.replace(/\D/g, '')}:${phone}`, 'END:VCARD'].join('\n');
