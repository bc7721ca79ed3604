import { z } from 'zod';
import { accountSchema, networkSchema } from './account.js';

/** The body is the archive itself: a .zip or .tar.gz of the folder that `useMultiFileAuthState` writes. */
export const accountImportQuery = z.object({
  network: networkSchema.default('whatsapp'),
  /** Its push name, or else its number, when none is given. */
  name: z.string().trim().min(1).max(100).optional(),
  /** Bring it online at once. Off: it waits for a person, who stops the other program first. */
  connect: z.stringbool().default(false),
});
export type AccountImportOptions = z.input<typeof accountImportQuery>;

export const accountImportedSchema = z.object({
  account: accountSchema,
  /** Records that were taken over; Signal sessions and sender keys are made anew and not counted. */
  records: z.int(),
  /** When the newest of its files was written, if the archive tells. */
  changedAt: z.iso.datetime({ offset: true }).nullable(),
  /** What a person must know before it goes online; stronger words when the other program seems to run still. */
  warning: z.string(),
});
export type AccountImported = z.infer<typeof accountImportedSchema>;

/** The types that an archive may be sent as. */
export const ARCHIVE_TYPES = ['application/zip', 'application/gzip', 'application/octet-stream'] as const;
/** Of an archive, in bytes. */
export const MOST_ARCHIVE_BYTES = 32 * 1024 * 1024;
