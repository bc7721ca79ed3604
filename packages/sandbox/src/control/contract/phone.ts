import { z } from 'zod';
import { lid, phoneNumber, timestamp } from './ids.js';
import { personCounts } from './person.js';
import { about, pictureId } from './profile.js';

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
 * @example { "number": "9990100000001", "lid": "184320557700001", "pushName": "Shop", "about": "", "picture": null, "online": true, "ban": null,
 *   "waitsForCode": false, "companions": [{ "device": 1, "linkedAt": 1795540000000 }], "counts": { … as a person's … } }
 */
export const phone = z.object({
  number: phoneNumber,
  lid,
  pushName: z.string(),
  about: z.string(),
  picture: pictureId,
  online: z.boolean(),
  ban: ban.nullable(),
  /** A companion waits for somebody to type its eight letters. */
  waitsForCode: z.boolean(),
  companions: z.array(companion),
  counts: personCounts,
});
export type Phone = z.infer<typeof phone>;

/** `firstSync`: how many messages a companion gets when it is linked. @example { "pushName": "Shop" } */
export const createPhone = z.object({
  number: phoneNumber.optional(),
  lid: lid.optional(),
  pushName: z.string().min(1).max(100).optional(),
  firstSync: z.number().int().min(0).optional(),
});
export type CreatePhone = z.infer<typeof createPhone>;

/**
 * A new push name goes to every companion as an app-state patch. An offline phone links and unlinks nothing.
 * @example { "pushName": "Shop, evenings" }
 */
export const changePhone = z.object({
  pushName: z.string().min(1).max(100).optional(),
  about: about.optional(),
  online: z.boolean().optional(),
});
export type ChangePhone = z.infer<typeof changePhone>;

/** @example { "kind": "temporary", "seconds": 3600 } */
export const createBan = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('final') }),
  z.object({ kind: z.literal('temporary'), seconds: z.number().int().min(1) }),
]);
export type CreateBan = z.infer<typeof createBan>;

/** Left out: the next free one of the reserved range. The LID stays; companions are unlinked; contacts are told. */
export const changeNumber = z.object({ number: phoneNumber.optional() });
export type ChangeNumber = z.infer<typeof changeNumber>;
