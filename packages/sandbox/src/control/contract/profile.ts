import { z } from 'zod';
import { groupId, userId } from './ids.js';

/** As WhatsApp's own clients let one write. */
export const about = z.string().max(139);

/** A JPEG in base64; null takes the picture away. @example { "jpeg": "/9j/4AAQ…" } */
export const setPicture = z.object({ jpeg: z.base64().max(900_000).nullable() });
export type SetPicture = z.infer<typeof setPicture>;

/** The id is another one for each picture that there ever was; null: there is none. */
export const pictureId = z.string().nullable();

/** @example { "id": "1795540000", "jpeg": "/9j/4AAQ…" } */
export const picture = z.object({ id: pictureId, jpeg: z.base64().nullable() });
export type Picture = z.infer<typeof picture>;

/** Whom somebody looks at: a number, a LID or a group. @example { "at": "9990100000001" } */
export const look = z.object({ at: z.union([userId, groupId]) });
export type Look = z.infer<typeof look>;

/**
 * What their phone shows of that: asked of the network as any client does it. `sha256` (hex) is of the picture as it was
 * fetched from the media hosts. Groups say nothing about themselves here.
 * @example { "about": "At the bakery", "picture": { "id": "1795540000", "size": 31234, "sha256": "9f86…" } }
 */
export const looked = z.object({
  about: z.string().nullable(),
  picture: z.object({ id: z.string(), size: z.number().int(), sha256: z.string() }).nullable(),
});
export type Looked = z.infer<typeof looked>;
