import { z } from 'zod';
import { phoneNumber } from './ids.js';

/** Each frame in either direction waits `latencyMs` plus a random part of `jitterMs`; order is kept. */
export const link = z.object({
  latencyMs: z.number().int().min(0).max(60_000),
  jitterMs: z.number().int().min(0).max(60_000),
});
export type Link = z.infer<typeof link>;

/** Cuts sockets without a word: those of one number, or all. @example { "account": "9990100000001" } */
export const drop = z.object({ account: phoneNumber.optional() });
export type Drop = z.infer<typeof drop>;
export const dropped = z.object({ dropped: z.number().int() });
export type Dropped = z.infer<typeof dropped>;

/** `false`: new connections are refused by the system; open ones go on. The port stays the same. */
export const listening = z.object({ listening: z.boolean() });
export type Listening = z.infer<typeof listening>;

/** Tells the companions of a number that something changed behind their back (protocol.md B.5). */
export const dirty = z.object({ kind: z.enum(['account_sync', 'groups', 'communities']) });
export type Dirty = z.infer<typeof dirty>;

/** Where the sandbox listens. @example { "url": "ws://127.0.0.1:4001/ws/chat", "rootKey": "ab12…(hex)" } */
export const status = z.object({
  url: z.string(),
  rootKey: z.string(),
  phones: z.number().int(),
  people: z.number().int(),
});
export type Status = z.infer<typeof status>;

/** `revision` grows with every change that this API can show: a page waits here and then reads again. */
export const changes = z.object({ revision: z.number().int() });
export type Changes = z.infer<typeof changes>;

/** Totals since the start of the process, by name. @example { "sockets": 3, "logins": 4, "messages": 120 } */
export const counts = z.record(z.string(), z.number());
export type Counts = z.infer<typeof counts>;
