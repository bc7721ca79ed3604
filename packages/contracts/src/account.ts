import { z } from 'zod';
import { accountProxyPutSchema } from './account.proxy.js';
import { pageQuery } from './page.js';
import { REASON_NAMES, USER_ACTIONS } from './reason.js';

/** Where an account lives. Nothing crosses from one network to the other. */
export const NETWORKS = ['whatsapp', 'sandbox'] as const;
export const networkSchema = z.enum(NETWORKS);
export type Network = z.infer<typeof networkSchema>;

/** The five statuses: `warming` = QR or code on screen, `authenticating` = scanned and verifying. */
export const ACCOUNT_STATUSES = ['inactive', 'warming', 'authenticating', 'active', 'banned'] as const;
export const accountStatusSchema = z.enum(ACCOUNT_STATUSES);
export type AccountStatus = z.infer<typeof accountStatusSchema>;

/** What a person asked for. */
export const WANTED = ['online', 'offline'] as const;
export type Wanted = (typeof WANTED)[number];

/** Green is drawn for `connected` only. */
export const CONNECTIONS = ['offline', 'connecting', 'connected', 'reconnecting'] as const;
export const connectionSchema = z.enum(CONNECTIONS);
export type Connection = z.infer<typeof connectionSchema>;

/** Who said that this is the number: `manual` until the engine confirms it. */
export const PHONE_SOURCES = ['engine', 'manual'] as const;

const instant = z.iso.datetime({ offset: true });

export const accountStateSchema = z.object({
  wanted: z.enum(WANTED),
  status: accountStatusSchema,
  connection: connectionSchema,
  reason: z.enum(REASON_NAMES),
  userAction: z.enum(USER_ACTIONS).nullable(),
  since: instant,
  deadline: instant.nullable(),
  /** Reconnect attempts since the last verified connection, and when the next one is due. */
  attempt: z.int().min(0),
  nextAttemptAt: instant.nullable(),
});
export type AccountState = z.infer<typeof accountStateSchema>;

export const accountSchema = z.object({
  id: z.uuid(),
  network: networkSchema,
  name: z.string(),
  /** E.164 with `+`, or null while unknown. */
  phoneNumber: z.string().nullable(),
  phoneNumberSource: z.enum(PHONE_SOURCES).nullable(),
  /**
   * The phone that was linked has another number than the account had: `confirm_number` asks a person which it shall be.
   * With `accountId` that account here has the number, and the device was unlinked again: `open_account`.
   */
  numberConflict: z.object({ phoneNumber: z.string(), accountId: z.uuid().nullable() }).nullable(),
  pushName: z.string().nullable(),
  notes: z.string().nullable(),
  /** One sentence about what happened last, for people. */
  statusNote: z.string().nullable(),
  state: accountStateSchema,
  linkedAt: instant.nullable(),
  lastConnectedAt: instant.nullable(),
  lastDisconnectedAt: instant.nullable(),
  lastSeenConnectedAt: instant.nullable(),
  createdAt: instant,
  updatedAt: instant,
});
export type Account = z.infer<typeof accountSchema>;

export const accountListQuery = pageQuery.extend({
  network: networkSchema.optional(),
  status: accountStatusSchema.optional(),
  search: z.string().trim().max(100).optional(),
});

export const accountCreateSchema = z.object({
  name: z.string().trim().min(1, 'Give the account a name.').max(100),
  network: networkSchema.default('whatsapp'),
  notes: z.string().max(2000).optional(),
  /** By which way it goes, from its first connection on; left out: straight. */
  proxy: accountProxyPutSchema.optional(),
});
export type AccountCreate = z.input<typeof accountCreateSchema>;

export const accountPatchSchema = z
  .object({ name: z.string().trim().min(1).max(100), notes: z.string().max(2000).nullable() })
  .partial();
export type AccountPatch = z.infer<typeof accountPatchSchema>;

export const accountPhoneSchema = z.object({
  phoneNumber: z
    .string()
    .trim()
    .min(1, 'Enter the phone number in international form, for example +62 812 3456 7890.')
    .max(40),
});
export type AccountPhone = z.infer<typeof accountPhoneSchema>;

export const pairingCodeRequestSchema = z.object({ phoneNumber: z.string().trim().min(1).max(40) });
export type PairingCodeRequest = z.infer<typeof pairingCodeRequestSchema>;

/** `code` is eight characters, to be typed on the phone before `expiresAt`. */
export const pairingCodeSchema = z.object({ code: z.string(), expiresAt: instant });
export type PairingCode = z.infer<typeof pairingCodeSchema>;

/** The QR text on screen now, for a page that opens while the account is `warming`. */
export const accountQrSchema = z.object({ text: z.string(), expiresAt: instant });
export type AccountQr = z.infer<typeof accountQrSchema>;
