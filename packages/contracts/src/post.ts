import { z } from 'zod';
import { messageContentSchema } from './content/content.js';
import { mediaSchema } from './media.js';
import { pageQuery } from './page.js';
import { personSchema } from './person.js';

const instant = z.iso.datetime({ offset: true });

export const POST_PLACES = ['status', 'channel'] as const;

/**
 * What somebody posted for many: their status, or something in a channel. It is part of no chat, counts nowhere as unread and
 * cannot be answered from here. A status is gone after a day, a post in a channel after 30, each with its file.
 */
export const postSchema = z.object({
  id: z.uuid(),
  accountId: z.uuid(),
  place: z.enum(POST_PLACES),
  /** Of a post in a channel. */
  channelId: z.uuid().nullable(),
  waId: z.string(),
  /** Who posted a status; null in channels, and when it was this account. */
  author: personSchema.nullable(),
  fromMe: z.boolean(),
  /** As it reads now. */
  content: messageContentSchema,
  /** Its file, which comes after it (`media.updated`) and goes with it; null for what has none. */
  media: mediaSchema.nullable(),
  timestamp: instant,
  expiresAt: instant,
});
export type Post = z.infer<typeof postSchema>;

/** A channel that an account follows, as far as something was posted there. */
export const channelSchema = z.object({
  id: z.uuid(),
  accountId: z.uuid(),
  /** `…@newsletter` */
  waId: z.string(),
  /** Null until the network has told it. */
  name: z.string().nullable(),
  lastPostAt: instant.nullable(),
});
export type Channel = z.infer<typeof channelSchema>;

export const postListQuery = pageQuery.extend({ accountId: z.uuid().optional() });
