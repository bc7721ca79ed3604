/**
 * What the control API of the sandbox takes and answers. Only zod in here: a page in a browser may import this file.
 *
 * Paths, methods and which schema goes where are in `routes.ts`. Errors have the shape of `controlError`, with HTTP 400
 * (`invalid`), 401 (`unauthorized`), 404 (`not_found`), 409 (`conflict`: the state does not allow it) or 500 (`bug`).
 * Times are milliseconds since 1970. `:user` in a path is a number or a LID, digits only.
 */
import { z } from 'zod';

export { fault, faultPhases, standingFault, type Fault, type FaultInput, type StandingFault } from '../faults/fault.js';

export const phoneNumber = z.string().regex(/^\d{7,15}$/, 'digits only, 7 to 15 of them, with country code');
export const lid = z.string().regex(/^\d{8,18}$/, 'digits only');
const userId = z.string().regex(/^\d{7,18}$/, 'a number or a LID, digits only');
/** `120363…@g.us`. */
export const groupId = z.string().regex(/^[\d-]+@g\.us$/, 'a group id ends in @g.us');
const timestamp = z.number().int();

/**
 * How a person answers what comes in: `silent` sends delivery receipts only; `mute` reads and never answers; `echo`
 * reads and answers with the same text; `slow` does what `echo` does, `delayMs` later.
 * @example { "kind": "slow", "delayMs": 2000 }
 */
export const replyRule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('silent') }),
  z.object({ kind: z.literal('mute') }),
  z.object({ kind: z.literal('echo') }),
  z.object({ kind: z.literal('slow'), delayMs: z.number().int().min(0).max(600_000) }),
]);
export type ReplyRule = z.infer<typeof replyRule>;

/** `pn`: writes from the number and names the LID beside it; `lid`: the other way round (protocol.md B.7). */
export const addressing = z.enum(['pn', 'lid']);
export type Addressing = z.infer<typeof addressing>;

/**
 * What a person's phone counted. `reused`: message counters that were used for something else before; refused, as a
 * phone does. `redelivered`: the very ciphertext came again that was read before. `unreadable`: messages that did not
 * decrypt for another reason; each was answered with a retry receipt.
 */
export const personCounts = z.object({
  seen: z.number().int(),
  sent: z.number().int(),
  reused: z.number().int(),
  redelivered: z.number().int(),
  unreadable: z.number().int(),
  retriesSent: z.number().int(),
  retriesAnswered: z.number().int(),
});
export type PersonCounts = z.infer<typeof personCounts>;

/**
 * A person: a contact with a phone of their own.
 * @example { "number": "9990123456789", "lid": "184320557712345", "name": "Ada", "addressing": "pn", "online": true,
 *   "rule": { "kind": "echo" }, "counts": { "seen": 3, "sent": 2, "reused": 0, "redelivered": 0, "unreadable": 0,
 *   "retriesSent": 0, "retriesAnswered": 0 } }
 */
export const person = z.object({
  number: phoneNumber,
  lid,
  name: z.string(),
  addressing,
  online: z.boolean(),
  rule: replyRule,
  counts: personCounts,
});
export type Person = z.infer<typeof person>;

/**
 * All fields may be left out: the number then comes from the reserved range, the rule is `echo`, addressing `pn`.
 * @example { "name": "Ada", "rule": { "kind": "echo" } }
 */
export const createPerson = z.object({
  number: phoneNumber.optional(),
  lid: lid.optional(),
  name: z.string().min(1).max(100).optional(),
  addressing: addressing.optional(),
  rule: replyRule.optional(),
});
export type CreatePerson = z.infer<typeof createPerson>;

/** @example { "online": false } */
export const changePerson = z.object({
  name: z.string().min(1).max(100).optional(),
  addressing: addressing.optional(),
  rule: replyRule.optional(),
  online: z.boolean().optional(),
});
export type ChangePerson = z.infer<typeof changePerson>;

/**
 * A ban as the network says it at login: `final` is failure 403; `temporary` is failure 402 until `until`.
 * @example { "kind": "temporary", "until": 1795550000000 }
 */
export const ban = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('final') }),
  z.object({ kind: z.literal('temporary'), until: timestamp }),
]);
export type Ban = z.infer<typeof ban>;

/** @example { "device": 1, "linkedAt": 1795540000000 } */
export const companion = z.object({ device: z.number().int().min(1), linkedAt: timestamp });
export type Companion = z.infer<typeof companion>;

/**
 * A phone: a person whose number is made to be linked. Every verb of people works for its number, too.
 * @example { "number": "9990100000001", "lid": "184320557700001", "pushName": "Shop", "online": true, "ban": null,
 *   "waitsForCode": false, "companions": [{ "device": 1, "linkedAt": 1795540000000 }], "counts": { … as a person's … } }
 */
export const phone = z.object({
  number: phoneNumber,
  lid,
  pushName: z.string(),
  online: z.boolean(),
  ban: ban.nullable(),
  /** A companion waits for somebody to type its eight letters. */
  waitsForCode: z.boolean(),
  companions: z.array(companion),
  counts: personCounts,
});
export type Phone = z.infer<typeof phone>;

/** @example { "pushName": "Shop" } */
export const createPhone = z.object({
  number: phoneNumber.optional(),
  lid: lid.optional(),
  pushName: z.string().min(1).max(100).optional(),
});
export type CreatePhone = z.infer<typeof createPhone>;

/**
 * A new push name goes to every companion as an app-state patch. An offline phone links and unlinks nothing.
 * @example { "pushName": "Shop, evenings" }
 */
export const changePhone = z.object({
  pushName: z.string().min(1).max(100).optional(),
  online: z.boolean().optional(),
});
export type ChangePhone = z.infer<typeof changePhone>;

/**
 * The text of a QR, as drawn: the URL, or the bare five fields. `lidOnly` leaves the number out of what the companion
 * is told; `businessName` puts a name into it. Answers when the companion has proved itself; 409 when nobody shows it.
 * @example { "qr": "https://wa.me/settings/linked_devices#2@abc…,noise=,identity=,secret=,1" }
 */
export const scan = z.object({
  qr: z.string().min(20).max(2000),
  lidOnly: z.boolean().optional(),
  businessName: z.string().max(100).optional(),
});
export type Scan = z.infer<typeof scan>;

/**
 * The eight letters shown by the companion; a dash is taken out. 409 when no companion waits for this number's code,
 * or the code is wrong.
 * @example { "code": "ABCD-1234" }
 */
export const typeCode = z.object({
  code: z.string().regex(/^[0-9A-Za-z]{4}-?[0-9A-Za-z]{4}$/),
  lidOnly: z.boolean().optional(),
});
export type TypeCode = z.infer<typeof typeCode>;

/** @example { "device": 1 } */
export const linked = z.object({ device: z.number().int().min(1) });
export type Linked = z.infer<typeof linked>;

/** @example { "kind": "temporary", "seconds": 3600 } */
export const createBan = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('final') }),
  z.object({ kind: z.literal('temporary'), seconds: z.number().int().min(1) }),
]);
export type CreateBan = z.infer<typeof createBan>;

/** Left out: the next free one of the reserved range. The LID stays; companions are unlinked; contacts are told. */
export const changeNumber = z.object({ number: phoneNumber.optional() });
export type ChangeNumber = z.infer<typeof changeNumber>;

/**
 * `to` is a number, a LID or a group id. `quote` is the id of a message that this one replies to.
 * @example { "to": "9990100000001", "text": "hello" }
 */
export const write = z.object({
  to: z.union([userId, groupId]),
  text: z.string().min(1).max(65_536),
  quote: z.string().optional(),
});
export type Write = z.infer<typeof write>;

/**
 * A file to send: `data` in base64, that many times over (for a big one). `claimSha256` (hex) is what the message says
 * about it instead of the truth. `waveform`: 64 numbers from 0 to 100, of a voice note.
 * @example { "to": "9990100000001", "kind": "image", "mime": "image/png", "data": "iVBORw0…", "caption": "look" }
 */
export const sendMedia = z.object({
  to: z.union([userId, groupId]),
  kind: z.enum(['image', 'video', 'gif', 'audio', 'voice', 'document', 'sticker']),
  mime: z.string().max(200),
  data: z.base64(),
  repeat: z.number().int().min(1).max(1_000_000).default(1),
  caption: z.string().max(65_536).optional(),
  fileName: z.string().max(1_000).optional(),
  width: z.number().int().min(0).optional(),
  height: z.number().int().min(0).optional(),
  seconds: z.number().int().min(0).optional(),
  waveform: z.array(z.number().int().min(0).max(255)).max(256).optional(),
  viewOnce: z.boolean().optional(),
  claimSha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});
export type SendMedia = z.output<typeof sendMedia>;

/** How many files the media hosts have lost: each is answered with 410 from now on. */
export const lost = z.object({ lost: z.number().int() });

/**
 * The file of a seen message, as it was after decryption. `problem`: it could not be had (`unknown`, `gone`), was not
 * the file that the message names, did not open under its key, or was not what the message says it is.
 */
export const seenMedia = z.object({
  mime: z.string(),
  size: z.number().int().nullable(),
  /** Hex. */
  sha256: z.string().nullable(),
  fileName: z.string().nullable(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  seconds: z.number().int().nullable(),
  waveform: z.array(z.number().int()).nullable(),
  hasThumbnail: z.boolean(),
  viewOnce: z.boolean(),
  problem: z.enum(['unknown', 'gone', 'wrong_file', 'wrong_key', 'wrong_hash', 'wrong_length']).nullable(),
});
export type SeenMedia = z.infer<typeof seenMedia>;

/** @example { "id": "3EB0C7…", "at": 1795540000000 } */
export const written = z.object({ id: z.string(), at: timestamp });
export type Written = z.infer<typeof written>;

const latitude = z.number().min(-90).max(90);
const longitude = z.number().min(-180).max(180);
const words = z.string().min(1).max(65_536);

/**
 * What is neither a text nor a file. `vote`, `edit` and `delete` name a message that was seen or sent. `forwarded` and
 * `disappearing` are texts with something around them; `timer` sets how long messages of the chat live (0: for ever);
 * `choices` and `choice` are what a business asks and what a person chooses; `newer` is of a kind that no client knows.
 * @example { "to": "9990100000001", "content": { "kind": "poll", "question": "When?", "options": ["now", "later"] } }
 */
export const say = z.object({
  to: z.union([userId, groupId]),
  content: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('location'),
      latitude,
      longitude,
      name: words.optional(),
      address: words.optional(),
    }),
    z.object({ kind: z.literal('live_location'), latitude, longitude, caption: words.optional() }),
    z.object({ kind: z.literal('contacts'), contacts: z.array(z.object({ name: words, phone: words })).min(1) }),
    z.object({
      kind: z.literal('poll'),
      question: words,
      options: z.array(words).min(1).max(12),
      selectable: z.number().int().min(0).max(12).default(1),
    }),
    z.object({ kind: z.literal('vote'), messageId: z.string(), options: z.array(words).max(12) }),
    z.object({ kind: z.literal('edit'), messageId: z.string(), text: words }),
    z.object({ kind: z.literal('delete'), messageId: z.string() }),
    z.object({ kind: z.literal('forwarded'), text: words, score: z.number().int().min(1).max(1000) }),
    z.object({ kind: z.literal('disappearing'), text: words, seconds: z.number().int().min(1) }),
    z.object({ kind: z.literal('timer'), seconds: z.number().int().min(0) }),
    z.object({
      kind: z.literal('choices'),
      style: z.enum(['buttons', 'list']),
      text: words,
      choices: z.array(words).min(1).max(10),
    }),
    z.object({ kind: z.literal('choice'), text: words }),
    z.object({ kind: z.literal('event'), name: words, startsAt: timestamp, place: words.optional() }),
    z.object({ kind: z.literal('newer'), text: words }),
  ]),
});
export type Say = z.output<typeof say>;

/** Typing and the like, to the other side of a chat. @example { "to": "9990100000001", "doing": "typing" } */
export const show = z.object({ to: z.union([userId, groupId]), doing: z.enum(['typing', 'recording', 'paused']) });
export type Show = z.infer<typeof show>;

/**
 * A call to somebody: it rings until it is declined, or ended by the caller (`callId` with `end`).
 * @example { "to": "9990100000001", "video": false }
 */
export const call = z.object({
  to: userId,
  video: z.boolean().default(false),
  end: z.string().optional(),
});
export type MakeCall = z.output<typeof call>;
export const called = z.object({ callId: z.string() });

/** The calls of a person, as far as they were answered: by whom, and how. */
export const answered = z.array(z.object({ callId: z.string(), by: userId, how: z.string() }));
export type Answered = z.infer<typeof answered>;

/** Whether those who asked see this person as online. */
export const appear = z.object({ online: z.boolean() });
export type Appear = z.infer<typeof appear>;

/** What a person saw another do in a chat, the latest last; at most the last 100, and gone with the process. */
export const shown = z.array(
  z.object({ from: userId, chat: z.union([userId, groupId]), doing: show.shape.doing, at: timestamp }),
);
export type Shown = z.infer<typeof shown>;

/** An empty `emoji` takes the reaction back. @example { "messageId": "3EB0C7…", "emoji": "👍" } */
export const react = z.object({ messageId: z.string(), emoji: z.string().max(32) });
export type React = z.infer<typeof react>;

/** Without `messageIds` everything that was seen and not yet read. @example { "messageIds": ["3EB0C7…"] } */
export const read = z.object({ messageIds: z.array(z.string()).optional() });
export type Read = z.infer<typeof read>;

/**
 * One message as a person saw it. `n` numbers a person's messages in the order in which they came, from 1, without
 * gaps. `times` says how often it was decrypted: 2 is a message sent twice under one id, of which a phone shows one.
 * `chat` is a number or a group id, `from` the number of the author (a LID, where the number is unknown), `addressing`
 * how the stanza named them; `fromMe` is true on a phone for what its own companions sent. `text` is the text, the emoji of a reaction, or the new text of an edit; `target` is the id of
 * the message that a reaction, an edit, a revocation or a vote is about; `detail` is what else it holds, by kind, and how
 * it stands in the chat: `forwardingScore`, `expiration` (seconds) and `mentions`, where it has them.
 * @example { "n": 1, "id": "3EB0C7…", "kind": "text", "text": "hello", "from": "9990100000001", "fromDevice": 1,
 *   "fromMe": false, "chat": "9990100000001", "addressing": "pn", "at": 1795540000000, "times": 1, "read": true,
 *   "target": null, "media": null, "detail": null }
 */
const SAID = ['location', 'contacts', 'poll', 'vote'] as const;

export const seenMessage = z.object({
  n: z.number().int(),
  id: z.string(),
  kind: z.enum(['text', 'reaction', 'edit', 'revoke', ...sendMedia.shape.kind.options, ...SAID, 'other']),
  text: z.string(),
  from: userId,
  fromDevice: z.number().int(),
  fromMe: z.boolean(),
  chat: z.union([userId, groupId]),
  addressing,
  at: timestamp,
  times: z.number().int(),
  read: z.boolean(),
  target: z.string().nullable(),
  media: seenMedia.nullable(),
  detail: z.record(z.string(), z.unknown()).nullable(),
});
export type SeenMessage = z.infer<typeof seenMessage>;

/**
 * One message that was not read, and why. `kind` says in which count it went; `from` is the number of the author.
 * @example { "n": 1, "kind": "reused", "id": "3EB0C7…", "from": "9990100000001", "at": 1795540000000,
 *   "reason": "DuplicatedMessage(1, 0)" }
 */
export const failure = z.object({
  n: z.number().int(),
  kind: z.enum(['reused', 'redelivered', 'unreadable']),
  id: z.string(),
  from: userId,
  at: timestamp,
  reason: z.string(),
});
export type Failure = z.infer<typeof failure>;

/**
 * One message as a person sent it. `n` as in `seenMessage`. `acked` when the network took it; `error` is its refusal.
 * `receipts` are what came back, in order; `type` is `delivered` or what the receipt said (`read`, `inactive`, …).
 * @example { "n": 1, "id": "3EB0…", "to": "9990100000001", "text": "hello", "at": 1795540000000, "acked": true,
 *   "error": null, "receipts": [{ "from": "9990100000001", "device": 1, "type": "delivered", "at": 1795540000100 }] }
 */
export const sentMessage = z.object({
  n: z.number().int(),
  id: z.string(),
  to: z.union([userId, groupId]),
  text: z.string(),
  at: timestamp,
  acked: z.boolean(),
  error: z.string().nullable(),
  receipts: z.array(z.object({ from: userId, device: z.number().int(), type: z.string(), at: timestamp })),
});
export type SentMessage = z.infer<typeof sentMessage>;

/** Asks for items with `n > after`. With `waitMs` the answer waits until there is one, or the time is over. */
export const pageQuery = z.object({
  after: z.coerce.number().int().min(0).default(0),
  waitMs: z.coerce.number().int().min(0).max(60_000).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(500),
});
export type PageQuery = z.input<typeof pageQuery>;

/** `next` is the `after` of the next call. */
export const seenPage = z.object({ items: z.array(seenMessage), next: z.number().int() });
export type SeenPage = z.infer<typeof seenPage>;
export const sentPage = z.object({ items: z.array(sentMessage), next: z.number().int() });
export const failurePage = z.object({ items: z.array(failure), next: z.number().int() });
export type FailurePage = z.infer<typeof failurePage>;
export type SentPage = z.infer<typeof sentPage>;

/**
 * @example { "id": "120363000000000001@g.us", "subject": "Friends", "addressing": "pn", "creator": "9990…",
 *   "participants": ["9990…", "9990…"] }
 */
export const group = z.object({
  id: groupId,
  subject: z.string(),
  addressing,
  creator: phoneNumber,
  participants: z.array(phoneNumber),
});
export type Group = z.infer<typeof group>;

/** The creator is a participant without being named. @example { "subject": "Friends", "creator": "9990…", "participants": [] } */
export const createGroup = z.object({
  subject: z.string().min(1).max(100),
  creator: phoneNumber,
  participants: z.array(phoneNumber),
  addressing: addressing.optional(),
});
export type CreateGroup = z.infer<typeof createGroup>;

/**
 * Done by `by`, or by the creator, as a member does it: 409 when they may not. Everybody in the group is told.
 * @example { "remove": ["9990…"], "subject": "Closer friends" }
 */
export const changeGroup = z.object({
  by: phoneNumber.optional(),
  add: z.array(phoneNumber).optional(),
  remove: z.array(phoneNumber).optional(),
  promote: z.array(phoneNumber).optional(),
  demote: z.array(phoneNumber).optional(),
  subject: z.string().min(1).max(100).optional(),
  /** Only admins may write. */
  announcement: z.boolean().optional(),
});
export type ChangeGroup = z.infer<typeof changeGroup>;

/** Each frame in either direction waits `latencyMs` plus a random part of `jitterMs`; order is kept. */
export const link = z.object({
  latencyMs: z.number().int().min(0).max(60_000),
  jitterMs: z.number().int().min(0).max(60_000),
});
export type Link = z.infer<typeof link>;

/** Cuts sockets without a word: those of one number, or all. @example { "account": "9990100000001" } */
export const drop = z.object({ account: phoneNumber.optional() });
export type Drop = z.infer<typeof drop>;
export const dropped = z.object({ dropped: z.number().int() });
export type Dropped = z.infer<typeof dropped>;

/** `false`: new connections are refused by the system; open ones go on. The port stays the same. */
export const listening = z.object({ listening: z.boolean() });
export type Listening = z.infer<typeof listening>;

/** Tells the companions of a number that something changed behind their back (protocol.md B.5). */
export const dirty = z.object({ kind: z.enum(['account_sync', 'groups', 'communities']) });
export type Dirty = z.infer<typeof dirty>;

/** Where the sandbox listens. @example { "url": "ws://127.0.0.1:4001/ws/chat", "rootKey": "ab12…(hex)" } */
export const status = z.object({
  url: z.string(),
  rootKey: z.string(),
  phones: z.number().int(),
  people: z.number().int(),
});
export type Status = z.infer<typeof status>;

/** `revision` grows with every change that this API can show: a page waits here and then reads again. */
export const changes = z.object({ revision: z.number().int() });
export type Changes = z.infer<typeof changes>;

/** Totals since the start of the process, by name. @example { "sockets": 3, "logins": 4, "messages": 120 } */
export const counts = z.record(z.string(), z.number());
export type Counts = z.infer<typeof counts>;

export const controlError = z.object({
  error: z.object({
    code: z.enum(['invalid', 'unauthorized', 'not_found', 'conflict', 'bug']),
    message: z.string(),
    details: z.unknown().optional(),
  }),
});
export type ControlErrorBody = z.infer<typeof controlError>;
