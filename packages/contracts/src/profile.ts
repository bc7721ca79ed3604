import { z } from 'zod';

const instant = z.iso.datetime({ offset: true });

/** As WhatsApp's own clients let one write. */
export const MOST_NAME = 25;
export const MOST_ABOUT = 139;

/**
 * How somebody looks to an account: a person, a group, or (without either) the account itself. It is fetched when somebody
 * looks, some at a time, and kept; `profile.updated` tells what came of it.
 */
export const profileSchema = z.object({
  id: z.uuid(),
  accountId: z.uuid(),
  personId: z.uuid().nullable(),
  groupId: z.uuid().nullable(),
  /** What they say about themselves; null while it is not known, empty where nothing is said or shown. */
  about: z.string().nullable(),
  /** Where the picture is; null without one, and while it is not known. */
  pictureUrl: z.string().nullable(),
  /** When WhatsApp was asked last; null: never yet. */
  checkedAt: instant.nullable(),
});
export type Profile = z.infer<typeof profileSchema>;

/** What the account shows of itself. `name` is null while WhatsApp has not said it. */
export const accountProfileSchema = profileSchema.extend({ name: z.string().nullable() });
export type AccountProfile = z.infer<typeof accountProfileSchema>;

const textLength = (text: string): number => [...text].length;

export const accountProfileChangeSchema = z
  .object({
    name: z
      .string()
      .trim()
      .min(1, 'Give a name.')
      .refine((name) => textLength(name) <= MOST_NAME, `WhatsApp takes names of up to ${MOST_NAME} characters.`),
    /** Empty says nothing. */
    about: z
      .string()
      .trim()
      .refine((about) => textLength(about) <= MOST_ABOUT, `WhatsApp takes up to ${MOST_ABOUT} characters here.`),
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'Say what is to change.');
export type AccountProfileChange = z.infer<typeof accountProfileChangeSchema>;

/** By which account a group's picture is changed; left out, by one that may. */
export const groupPictureQuery = z.object({ accountId: z.uuid().optional() });
export type GroupPictureQuery = z.infer<typeof groupPictureQuery>;

/**
 * Whom somebody looks at: persons whom an account has a chat or a group with, or who posted a status for it, groups, or
 * (without either) the account itself.
 */
export const profileLookSchema = z.object({
  of: z
    .array(z.object({ accountId: z.uuid(), personId: z.uuid().optional(), groupId: z.uuid().optional() }))
    .min(1)
    .max(100),
});
export type ProfileLook = z.infer<typeof profileLookSchema>;

export const profilesSchema = z.object({ items: z.array(profileSchema) });
