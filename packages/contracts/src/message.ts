import { z } from 'zod';
import { EVENT_ANSWERS } from './content/answer.js';
import { messageContentSchema, type SendContent, sendContentSchema } from './content/content.js';
import { TEXT_MAX } from './content/text.js';
import { mediaSchema } from './media.js';
import { pageQuery } from './page.js';
import { personSchema } from './person.js';

/**
 * The life of a message. A status never goes backwards: a later one has a higher rank. `failed` is final when it is
 * certain that nothing was sent; otherwise a receipt lifts it.
 */
export const MESSAGE_STATUSES = [
  'queued',
  'sending',
  'unknown',
  'sent',
  'delivered',
  'read',
  'played',
  'failed',
  'cancelled',
  'expired',
] as const;
export const messageStatusSchema = z.enum(MESSAGE_STATUSES);
export type MessageStatus = z.infer<typeof messageStatusSchema>;

export const MESSAGE_STATUS_RANK: Record<MessageStatus, number> = {
  queued: 0,
  sending: 1,
  unknown: 2,
  failed: 3,
  cancelled: 3,
  expired: 3,
  sent: 4,
  delivered: 5,
  read: 6,
  played: 7,
};

/** Why a queued message waits. */
export const QUEUED_REASONS = ['scheduled', 'held', 'offline', 'media'] as const;

/**
 * Who goes first when the governor has not room for all. `reply`: the person wrote within a day. `direct`: to one person or
 * group, by hand or by a program. `campaign`: one of many. `…first_contact`: to somebody who does not know the account. A
 * higher lane goes first, and none is starved.
 */
export const MESSAGE_LANES = ['reply', 'direct', 'first_contact', 'campaign', 'campaign_first_contact'] as const;
export type MessageLane = (typeof MESSAGE_LANES)[number];

const instant = z.iso.datetime({ offset: true });

export const messageFailureSchema = z.object({
  code: z.string(),
  message: z.string(),
  /** True when nothing can have reached the recipient. */
  certain: z.boolean(),
  /** What to do about it, in one sentence. */
  mend: z.string().nullable(),
  /** Until when WhatsApp holds it against the account, where it says so. */
  until: instant.optional(),
});
export type MessageFailure = z.infer<typeof messageFailureSchema>;

/** Who reacted, voted or answered; `personId` is null for the account itself. */
const byWhom = z.object({ personId: z.uuid().nullable(), name: z.string().nullable() });

/** What a message answers. `messageId` and `content` are null when that one is not known here. */
export const quotedSchema = z.object({
  waId: z.string(),
  messageId: z.uuid().nullable(),
  fromMe: z.boolean().nullable(),
  name: z.string().nullable(),
  content: messageContentSchema.nullable(),
});
export type Quoted = z.infer<typeof quotedSchema>;

/** By emoji, in the order in which they were first given. */
export const reactionsSchema = z.array(z.object({ emoji: z.string(), by: z.array(byWhom) }));
export type Reactions = z.infer<typeof reactionsSchema>;

/** By option, in the order of the poll; the latest vote of each person counts. */
export const pollResultsSchema = z.array(z.object({ option: z.string(), by: z.array(byWhom) }));
export type PollResults = z.infer<typeof pollResultsSchema>;

/** By answer, each of them; the latest of each person counts. */
export const eventAnswersSchema = z.array(z.object({ answer: z.enum(EVENT_ANSWERS), by: z.array(byWhom) }));
export type EventAnswers = z.infer<typeof eventAnswersSchema>;

/** What this account said about a message and did not leave: it reads as it would without that. Sent again by its own id. */
export const failedChangeSchema = z.object({
  messageId: z.uuid(),
  kind: z.enum(['reaction', 'edit', 'delete', 'vote', 'answer']),
  /** Null when its time ran out. */
  failure: messageFailureSchema.nullable(),
  at: instant,
});
export type FailedChange = z.infer<typeof failedChangeSchema>;

export const messageSchema = z.object({
  id: z.uuid(),
  accountId: z.uuid(),
  chatId: z.uuid(),
  /** The id WhatsApp knows it by, chosen before the wire sees it. */
  waId: z.string(),
  direction: z.enum(['in', 'out']),
  /** Set for inbound messages: who wrote it. */
  sender: personSchema.nullable(),
  /** As it reads now: after edits, and `gone` when it was deleted for everyone or has expired. */
  content: messageContentSchema,
  quoted: quotedSchema.nullable(),
  reactions: reactionsSchema,
  /** Of a poll, else null. */
  pollResults: pollResultsSchema.nullable(),
  /** Of an event, else null. */
  eventAnswers: eventAnswersSchema.nullable(),
  editedAt: instant.nullable(),
  /** Until when it stands at the top of its chat for everybody; may be past. Null: it does not. */
  pinnedUntil: instant.nullable(),
  /** The last of each kind, until another of that kind takes its place. */
  failedChanges: z.array(failedChangeSchema),
  /** How often it was forwarded before it came here. */
  forwardingScore: z.int().min(0),
  viewOnce: z.boolean(),
  /** Marked with a star, here or on the phone. */
  starred: z.boolean(),
  /** When what it says is deleted, in a chat with disappearing messages. */
  expiresAt: instant.nullable(),
  /** The file that `content.mediaId` names, as it is now; null for what has none. */
  media: mediaSchema.nullable(),
  status: messageStatusSchema,
  queuedReason: z.enum(QUEUED_REASONS).nullable(),
  failure: messageFailureSchema.nullable(),
  /**
   * It has certainly not left and can be taken back (`POST …/messages/:id/cancel`): what is `queued`, and what is `sending` while its
   * connection went before it did. Its account's owner has the last word.
   */
  cancellable: z.boolean(),
  /** Order within the chat: a whole number, larger is later; what comes from a history lies below zero. */
  ordinal: z.string(),
  timestamp: instant,
  /** The batch it was accepted with, which can be cancelled as one. */
  batchId: z.uuid().nullable(),
  /** The failed message that this one was made from. */
  retryOf: z.uuid().nullable(),
  notBefore: instant.nullable(),
  notAfter: instant.nullable(),
  /** When it came to each status; null for those it never had. In groups: when the last member had come so far. */
  sendingAt: instant.nullable(),
  unknownAt: instant.nullable(),
  sentAt: instant.nullable(),
  deliveredAt: instant.nullable(),
  readAt: instant.nullable(),
  playedAt: instant.nullable(),
  failedAt: instant.nullable(),
  cancelledAt: instant.nullable(),
  expiredAt: instant.nullable(),
  createdAt: instant,
});
export type Message = z.infer<typeof messageSchema>;

const VIEWED_ONCE: string[] = ['image', 'video', 'voice'];

/**
 * To a chat that exists, or to an address: a phone number, a LID (`…@lid`) or a group id (`…@g.us`). What it says is
 * `content`, of any kind that can be sent; `text` is the short form of a text.
 */
export const messageSendSchema = z
  .object({
    accountId: z.uuid(),
    chatId: z.uuid().optional(),
    to: z.string().trim().min(1).max(100).optional(),
    text: z.string().min(1, 'Write a text.').max(TEXT_MAX).optional(),
    content: sendContentSchema.optional(),
    quotedMessageId: z.uuid().optional(),
    /** Of an image, a video or a voice note: it can be opened once. */
    viewOnce: z.boolean().optional(),
    /** Shows “typing…” before it goes, as the account’s setting of that name does for all texts. */
    simulateTyping: z.boolean().optional(),
    /** `campaign` for one of many: it waits for the others, and is held in quiet hours. What answers a person is a reply by itself. */
    lane: z.enum(['direct', 'campaign']).optional(),
    /** It waits until then. */
    notBefore: instant.optional(),
    /** If it has not begun to leave by then it expires, and never leaves. */
    notAfter: instant.optional(),
  })
  .refine((body) => (body.chatId === undefined) !== (body.to === undefined), {
    path: ['to'],
    message: 'Give either chatId or to: a phone number such as +628123456789, a LID or a group id.',
  })
  .refine((body) => (body.text === undefined) !== (body.content === undefined), {
    path: ['content'],
    message: 'Give either text or content.',
  })
  .refine((body) => !body.viewOnce || VIEWED_ONCE.includes(body.content?.kind ?? 'text'), {
    path: ['viewOnce'],
    message: 'Only an image, a video or a voice note can be viewed once.',
  })
  .refine(({ notBefore, notAfter }) => !notBefore || !notAfter || Date.parse(notBefore) < Date.parse(notAfter), {
    path: ['notAfter'],
    message: 'notAfter must be later than notBefore.',
  });
export type MessageSend = z.infer<typeof messageSendSchema>;

/** What a request says, with the short form of a text written out. */
export const contentOf = ({ text, content }: Pick<MessageSend, 'text' | 'content'>): SendContent =>
  content ?? { kind: 'text', text: text ?? '' };

/** Newest first. */
export const messageListQuery = pageQuery.extend({ chatId: z.uuid() });

/** Whole words, the last one as far as it is written; of one chat, of one account, or of all that may be seen. */
export const messageSearchQuery = pageQuery.extend({
  text: z.string().trim().min(1, 'Write what to look for.').max(200),
  chatId: z.uuid().optional(),
  accountId: z.uuid().optional(),
});

export const IDEMPOTENCY_KEY = z.string().min(1).max(200);

/** What a person does with a message for themselves. */
export const messageChangeSchema = z.object({ starred: z.boolean() });
export type MessageChange = z.infer<typeof messageChangeSchema>;
