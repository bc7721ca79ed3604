import { z } from 'zod';
import { accountSchema, accountStateSchema, NETWORKS, PHONE_SOURCES } from './account.js';
import { chatSchema } from './chat.js';
import type { DOINGS } from './doing.js';
import { governorChangeSchema, governorHoldSchema, HOLD_CODES } from './governor.js';
import { GENERATION_CAUSES } from './generation.js';
import { groupSchema } from './group.js';
import { HEALTH_FINDINGS } from './health.js';
import { mediaSchema } from './media.js';
import { messageFailureSchema, messageSchema, messageStatusSchema } from './message.js';
import { messagingSchema } from './messaging.js';
import { optOutSchema } from './opt.out.js';
import { accountProxySchema } from './account.proxy.js';
import { profileSchema } from './profile.js';
import { proxyPoolSchema, proxySchema } from './proxy.js';
import { channelSchema, postSchema } from './post.js';
import { REASON_NAMES, USER_ACTIONS } from './reason.js';

const instant = z.iso.datetime({ offset: true });

/**
 * The typed map of events: every change is one of these, numbered, and every consumer is a cursor on them.
 * A new kind of change adds a line here; nobody retypes a payload.
 */
export const EVENTS = {
  /** Emitted when an account was made. Next expect `account.status` once a person initialises it. */
  'account.created': z.object({ account: accountSchema }),
  /** Emitted when name, notes, number or push name changed. */
  'account.updated': z.object({ account: accountSchema }),
  /** Emitted at each change of status, connection, reason or deadline. */
  'account.status': z.object({ state: accountStateSchema, statusNote: z.string().nullable() }),
  /** Emitted when a QR is on screen; a new one follows before `expiresAt`. `text` is filled in for who may pair, null in the log. */
  'account.qr': z.object({ secretId: z.uuid(), text: z.string().nullable(), expiresAt: instant }),
  /** Emitted when a pairing code was made. `code` is filled in for who may pair, null in the log. */
  'account.pairing_code': z.object({ secretId: z.uuid(), code: z.string().nullable(), expiresAt: instant }),
  /** Emitted when the number became known or changed. */
  'account.phone_number': z.object({
    phoneNumber: z.string(),
    source: z.enum(PHONE_SOURCES),
    pushName: z.string().nullable(),
  }),
  /** Emitted when something a person should read went wrong; `action` is the button that mends it. */
  'account.error': z.object({
    message: z.string(),
    reason: z.enum(REASON_NAMES),
    action: z.enum(USER_ACTIONS).nullable(),
  }),
  /**
   * Emitted when an older state of the session took its place: `chosen` by a person, or because the newest was `broken`.
   * Its Signal sessions and sender keys are made anew. Next expect `account.status`.
   */
  'account.session_restored': z.object({
    because: z.enum(['chosen', 'broken']),
    number: z.int(),
    cause: z.enum(GENERATION_CAUSES),
    savedAt: instant,
  }),
  /** Emitted when the governor lets nothing of the account leave for a while, and when it does again (`waitsFor` null). */
  'account.queue': z.object({ waitsFor: z.enum(['governor']).nullable(), until: instant.nullable() }),
  /** Emitted when somebody set how an account behaves towards people: read marks, calls, how long messages are kept. */
  'account.messaging': z.object({ messaging: messagingSchema, by: z.string() }),
  /** Emitted when an account was given a proxy, or none. Next expect `account.status` as it connects anew. */
  'account.proxy': z.object({ proxy: accountProxySchema }),
  /** Emitted when an account was deleted; nothing follows for it. */
  'account.deleted': z.object({ accountId: z.uuid() }),
  /** Emitted when a message was accepted for sending, or appeared from the account's own phone. Next expect `message.status`. */
  'message.created': z.object({ message: messageSchema }),
  /** Emitted when a message from a person arrived. */
  'message.received': z.object({ message: messageSchema }),
  /** Emitted when an outbound message moved on. It is not `cancellable` from then on, unless a later `message.updated` says so. */
  'message.status': z.object({
    messageId: z.uuid(),
    chatId: z.uuid(),
    waId: z.string(),
    status: messageStatusSchema,
    failure: messageFailureSchema.nullable(),
    at: instant,
  }),
  /**
   * Emitted when a message reads differently: edited, deleted, reacted to, voted on, expired, starred; and when such a change
   * failed, and it reads as before again (`failedChanges`). Also when one that
   * waits changed otherwise: its time came and it took its place in the chat, or it is held, or not any more; or it was
   * `sending`, certainly did not leave, and waits again (`cancellable`).
   */
  'message.updated': z.object({ message: messageSchema }),
  /** Emitted when a file was fetched, was found gone or wrong, or was removed here. */
  'media.updated': z.object({ media: mediaSchema }),
  /**
   * Emitted when a chat's title, unread count or last message changed other than by the message events; and when it was
   * archived, pinned, muted, marked as unread, blocked or given a timer, here or on the phone.
   */
  'chat.updated': z.object({ chat: chatSchema }),
  /**
   * Emitted when the phone sent older messages of a chat that were asked for: they are in its list of messages now, and
   * nothing else tells of them. `more`: it has still older ones.
   */
  'chat.history': z.object({ chatId: z.uuid(), count: z.int().min(0), more: z.boolean() }),
  /** Emitted when two chats turned out to be with one person (number and LID): all of `chatId` is in `intoChatId` now. */
  'chat.merged': z.object({ chatId: z.uuid(), intoChatId: z.uuid() }),
  /**
   * Emitted when it became known how a person, a group or the account itself looks, and when it changed, here or anywhere: of
   * whom somebody has looked at (`POST /api/whatsapp/profiles/look`). The name of an account is told by `account.updated`.
   */
  'profile.updated': z.object({ profile: profileSchema }),
  /** Emitted when somebody posted a status, or something was posted in a channel. Next expect, if ever, `post.updated`. */
  'post.received': z.object({ post: postSchema }),
  /** Emitted when a post in a channel was edited. */
  'post.updated': z.object({ post: postSchema }),
  /** Emitted when a post was taken back by who posted it. That one is too old is told by its `expiresAt` alone. */
  'post.removed': z.object({ postId: z.uuid() }),
  /** Emitted when it became known what a channel is called. */
  'channel.updated': z.object({ channel: channelSchema }),
  /** Emitted when WhatsApp limits an account, and when the end of that changes. Next expect `governor.lifted`. */
  'governor.hold': z.object({ hold: governorHoldSchema }),
  /** Emitted when a limit is over: what it kept back goes on. */
  'governor.lifted': z.object({ code: z.enum(HOLD_CODES) }),
  /** Emitted when somebody set the limits of an account. */
  'governor.changed': governorChangeSchema.extend({ by: z.string() }),
  /** Emitted when a person no longer wants messages; what was queued for them fails. Next expect, if ever, `opt_out.lifted`. */
  'opt_out.added': z.object({ optOut: optOutSchema }),
  /** Emitted when a person wrote START, or when their new consent was recorded. */
  'opt_out.lifted': z.object({ optOut: optOutSchema }),
  /** Emitted in place of `opt_out.added` when an import put many people on the list. */
  'opt_out.imported': z.object({ count: z.int() }),
  /** Emitted when a group was found or its subject, settings or members changed. */
  'group.updated': z.object({ group: groupSchema }),
  /** Emitted when an account left a group or was removed. */
  'group.left': z.object({ groupId: z.uuid() }),
  /** Emitted when the health check found something wrong with an account and mended it; what comes of that follows by itself. */
  'health.finding': z.object({ kind: z.enum(HEALTH_FINDINGS), message: z.string(), mend: z.string() }),
  /** Emitted when a proxy was made, changed or tested. */
  'proxy.updated': z.object({ proxy: proxySchema }),
  /** Emitted when a proxy was deleted. */
  'proxy.deleted': z.object({ proxyId: z.uuid() }),
  /** Emitted when a pool of proxies was made or named. */
  'proxy_pool.updated': z.object({ pool: proxyPoolSchema }),
  /** Emitted when a pool was deleted; its proxies stay, in no pool. */
  'proxy_pool.deleted': z.object({ poolId: z.uuid() }),
  /** Emitted when another key seals from now on (`savedBy` null), and when somebody said that its file is saved. */
  'system.key': z.object({ keyId: z.string(), savedBy: z.string().nullable() }),
  /** Emitted when a network refused our version of WhatsApp Web and took this one, which is used from now on. */
  'network.client_version': z.object({ network: z.enum(NETWORKS), version: z.string() }),
} as const;

export type EventName = keyof typeof EVENTS;
export const EVENT_NAMES = Object.keys(EVENTS) as [EventName, ...EventName[]];
export type EventPayload<N extends EventName> = z.infer<(typeof EVENTS)[N]>;

/** One envelope for the gateway, webhooks and the pull API. `position` orders the installation, `sequence` one account. */
export interface EventEnvelope<N extends EventName = EventName> {
  id: string;
  position: number;
  sequence: number | null;
  timestamp: string;
  event: N;
  accountId: string | null;
  payload: EventPayload<N>;
  schemaVersion: 1;
}

/** An envelope whose `event` tells its payload, for a `switch`. */
export type AnyEvent = { [N in EventName]: EventEnvelope<N> }[EventName];

/** Sent and never numbered: lost when nobody listens. A closed list. */
export const EPHEMERAL_EVENTS = ['typing', 'presence', 'progress'] as const;
export type EphemeralEvent = (typeof EPHEMERAL_EVENTS)[number];

/** What the ephemeral events say; sent to who subscribes, with the account. */
export type EphemeralEnvelope =
  | {
      event: 'typing';
      accountId: string;
      payload: { chatId: string; personId: string; name: string | null; doing: (typeof DOINGS)[number] };
    }
  /** How much of the messages from before the link is here; told with each part of them, the last time with 100. */
  | { event: 'progress'; accountId: string; payload: { of: 'history'; percent: number } }
  /** Of the person of a chat; told for chats that somebody watches. */
  | { event: 'presence'; accountId: string; payload: { chatId: string; online: boolean; lastSeenAt: string | null } };
