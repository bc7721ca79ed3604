/**
 * What a message says, by kind. A new kind is a file here and a line in each of the two lists below, a file each in the
 * engine's `inbound/kinds` and `outbound/kinds`, and a drawing on the page; the compiler asks for the rest.
 */
import { z } from 'zod';
import { answerContentSchema, answerSendSchema } from './answer.js';
import { callContentSchema } from './call.js';
import { choiceContentSchema, choicesContentSchema } from './choices.js';
import { contactsContentSchema } from './contacts.js';
import { deleteContentSchema, deleteSendSchema } from './delete.js';
import { editContentSchema, editSendSchema } from './edit.js';
import { eventContentSchema, eventSendSchema } from './event.js';
import { goneContentSchema } from './gone.js';
import { forwardSendSchema } from './forward.js';
import { liveLocationContentSchema } from './live.location.js';
import { locationContentSchema } from './location.js';
import { MEDIA_CONTENTS } from './media.js';
import { keepContentSchema, pinContentSchema } from './pin.js';
import { pollContentSchema, pollSendSchema } from './poll.js';
import { reactionContentSchema, reactionSendSchema } from './reaction.js';
import { textContentSchema, textSendSchema } from './text.js';
import { unsupportedContentSchema } from './unsupported.js';
import { voteContentSchema, voteSendSchema } from './vote.js';

/** As it is stored and shown. */
export const messageContentSchema = z.discriminatedUnion('kind', [
  textContentSchema,
  ...MEDIA_CONTENTS,
  locationContentSchema,
  liveLocationContentSchema,
  contactsContentSchema,
  pollContentSchema,
  voteContentSchema,
  answerContentSchema,
  reactionContentSchema,
  editContentSchema,
  deleteContentSchema,
  pinContentSchema,
  keepContentSchema,
  choicesContentSchema,
  choiceContentSchema,
  eventContentSchema,
  callContentSchema,
  goneContentSchema,
  unsupportedContentSchema,
]);
export type MessageContent = z.infer<typeof messageContentSchema>;
export type MessageKind = MessageContent['kind'];
export type ContentOf<K extends MessageKind> = Extract<MessageContent, { kind: K }>;

export const MESSAGE_KINDS = messageContentSchema.options.map((option) => option.shape.kind.value) as [
  MessageKind,
  ...MessageKind[],
];

/** As it is asked for. What concerns another message names it by our id (`messageId`), and is stored with WhatsApp's. */
export const sendContentSchema = z.discriminatedUnion('kind', [
  textSendSchema,
  ...MEDIA_CONTENTS,
  locationContentSchema,
  contactsContentSchema,
  pollSendSchema,
  eventSendSchema,
  voteSendSchema,
  answerSendSchema,
  reactionSendSchema,
  editSendSchema,
  deleteSendSchema,
  forwardSendSchema,
]);
export type SendContent = z.infer<typeof sendContentSchema>;
export type SendKind = SendContent['kind'];
export type SendOf<K extends SendKind> = Extract<SendContent, { kind: K }>;

/** A change of another message: a reaction, an edit, a deletion, a vote, an answer to an event, a pin. It stands in no conversation by itself. */
export const isChange = (content: MessageContent): content is Extract<MessageContent, { targetWaId: string }> =>
  'targetWaId' in content;
