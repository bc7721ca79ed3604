import { z } from 'zod';
import { groupId, phoneNumber } from './ids.js';
import { addressing } from './person.js';
import { pictureId } from './profile.js';

/**
 * @example { "id": "120363000000000001@g.us", "subject": "Friends", "picture": null, "addressing": "pn", "creator": "9990…",
 *   "participants": ["9990…", "9990…"] }
 */
export const group = z.object({
  id: groupId,
  subject: z.string(),
  picture: pictureId,
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
  /** A JPEG in base64; null takes the picture away. */
  picture: z.base64().max(900_000).nullable().optional(),
  /** Only admins may write. */
  announcement: z.boolean().optional(),
  /** Only admins may change subject, description and picture. */
  locked: z.boolean().optional(),
});
export type ChangeGroup = z.infer<typeof changeGroup>;
