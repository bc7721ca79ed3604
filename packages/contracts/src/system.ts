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

/** The key that seals sessions, by its name alone. A person saves a copy of it, and says so. */
export const vaultKeySchema = z.object({
  /** First 16 hex characters of the key's SHA-256. */
  keyId: z.string(),
  place: z.enum(['file', 'environment']),
  /** Of the file, on the machine of the server. */
  path: z.string().nullable(),
  /** Who said that a copy of it is kept elsewhere, and when; null: nobody has. */
  saved: z.object({ by: z.string(), at: z.iso.datetime({ offset: true }) }).nullable(),
});
export type VaultKey = z.infer<typeof vaultKeySchema>;

export const vaultKeySavedSchema = z.object({ keyId: z.string() });
export type VaultKeySaved = z.infer<typeof vaultKeySavedSchema>;
