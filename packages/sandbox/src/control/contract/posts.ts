/** What is posted for many at once: a person's status, and channels. None of it is part of a chat. */
import { z } from 'zod';
import { userId } from './ids.js';
import { postedFile } from './media.js';

const words = z.string().min(1).max(65_536);

const to = z.array(userId).min(1).max(1_000);

/**
 * A status of a person, for `to`: it comes to their linked devices alone. `remove` takes one back that was posted before.
 * @example { "to": ["9990100000001"], "text": "new shirts" }
 */
export const postStatus = z.union([
  z.object({ to, text: words }),
  z.object({ to, file: postedFile }),
  z.object({ to, remove: z.string() }),
]);
export type PostStatus = z.output<typeof postStatus>;

export const channelId = z.string().regex(/^\d+@newsletter$/, 'a channel id ends in @newsletter');

/** @example { "id": "120363900000000001@newsletter", "name": "Shop news", "followers": ["9990100000001"] } */
export const channel = z.object({ id: channelId, name: z.string(), followers: z.array(userId) });
export type Channel = z.infer<typeof channel>;

/** @example { "name": "Shop news", "followers": ["9990100000001"] } */
export const createChannel = z.object({ name: z.string().min(1).max(100), followers: z.array(userId) });
export type CreateChannel = z.infer<typeof createChannel>;

const edit = z.string().optional();

/**
 * A file lies at the media hosts as it is, under no key. `edit` names a post that this takes the place of, `remove` one that
 * is taken back.
 * @example { "text": "We open at nine." }
 */
export const postInChannel = z.union([
  z.object({ text: words, edit }),
  z.object({ file: postedFile, edit }),
  z.object({ remove: z.string() }),
]);
export type PostInChannel = z.output<typeof postInChannel>;
