import { z } from 'zod';

/** What this installation is. Answered to everybody, because the sign-in page needs it; `version` only to who is signed in. */
export const systemSchema = z.object({
  version: z.string().nullable(),
  /** Which networks accounts can be made on. */
  networks: z.object({ whatsapp: z.boolean(), sandbox: z.boolean() }),
  /** Bytes; no file that is longer is taken, from people or from WhatsApp. */
  mediaMaxBytes: z.int(),
  /** No owner exists yet: the one-time link in the terminal makes one. */
  setupNeeded: z.boolean(),
});
export type System = z.infer<typeof systemSchema>;
