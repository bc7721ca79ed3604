import { z } from 'zod';
import { groupId, timestamp, userId } from './ids.js';
import { seenMedia, sendMedia } from './media.js';
import { addressing } from './person.js';

const SAID = ['location', 'contacts', 'poll', 'vote', 'event', 'answer', 'timer'] as const;

/**
 * One message as a person saw it. `n` numbers a person's messages in the order in which they came, from 1, without
 * gaps. `times` says how often it was decrypted: 2 is a message sent twice under one id, of which a phone shows one.
 * `chat` is a number or a group id, `from` the number of the author (a LID, where the number is unknown), `addressing`
 * how the stanza named them; `fromMe` is true on a phone for what its own companions sent. `text` is the text, the emoji of a reaction, or the new text of an edit; `target` is the id of
 * the message that a reaction, an edit, a revocation, a vote or an answer to an event is about; `detail` is what else it holds, by kind, and how
 * it stands in the chat: `forwardingScore`, `expiration` (seconds) and `mentions`, where it has them.
 * @example { "n": 1, "id": "3EB0C7…", "kind": "text", "text": "hello", "from": "9990100000001", "fromDevice": 1,
 *   "fromMe": false, "chat": "9990100000001", "addressing": "pn", "at": 1795540000000, "times": 1, "read": true,
 *   "target": null, "media": null, "detail": null }
 */
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
