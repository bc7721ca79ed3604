import { z } from 'zod';
import { lid, phoneNumber } from './ids.js';
import { about, pictureId } from './profile.js';

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
 * @example { "number": "9990123456789", "lid": "184320557712345", "name": "Ada", "about": "", "picture": null, "addressing": "pn", "online": true,
 *   "rule": { "kind": "echo" }, "counts": { "seen": 3, "sent": 2, "reused": 0, "redelivered": 0, "unreadable": 0,
 *   "retriesSent": 0, "retriesAnswered": 0 } }
 */
export const person = z.object({
  number: phoneNumber,
  lid,
  name: z.string(),
  about: z.string(),
  picture: pictureId,
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
  about: about.optional(),
  addressing: addressing.optional(),
  rule: replyRule.optional(),
  online: z.boolean().optional(),
  /** They have another phone now, under the same number: its keys are others, and those who know them are told. */
  newPhone: z.literal(true).optional(),
});
export type ChangePerson = z.infer<typeof changePerson>;
