import { z } from 'zod';
import { NETWORKS } from './account.js';
import { REASON_NAMES } from './reason.js';

export const HEALTH_PARTS = ['database', 'numberer', 'workers', 'sandbox', 'pages'] as const;
export const readySchema = z.object({
  ready: z.boolean(),
  parts: z.array(z.object({ part: z.enum(HEALTH_PARTS), ok: z.boolean(), message: z.string().nullable() })),
});
export type Ready = z.infer<typeof readySchema>;

const instant = z.iso.datetime({ offset: true });

/**
 * What the health check looks for. `number_missing`: connected without a number. `number_given_up`: offline because no
 * number was found. `engine_missing`: said to be connected, and nothing proves it. `engine_without_lease`: ran where it
 * had no right to. `lease_without_owner`: wanted online, and nobody runs it. `deadline_passed`: should have been acted on.
 * `queue_still`: connected, with messages that nobody sends.
 */
export const HEALTH_FINDINGS = [
  'number_missing',
  'number_given_up',
  'engine_missing',
  'engine_without_lease',
  'lease_without_owner',
  'deadline_passed',
  'queue_still',
] as const;
export type HealthFindingKind = (typeof HEALTH_FINDINGS)[number];

/** `message` says what was found, `mend` what was done about it; both for people. */
export const healthFindingSchema = z.object({
  kind: z.enum(HEALTH_FINDINGS),
  accountId: z.uuid(),
  message: z.string(),
  mend: z.string(),
});
export type HealthFinding = z.infer<typeof healthFindingSchema>;

export const healthRunSchema = z.object({
  startedAt: instant,
  finishedAt: instant,
  /** How many accounts were looked at. */
  accounts: z.int(),
  findings: z.array(healthFindingSchema),
});
export type HealthRun = z.infer<typeof healthRunSchema>;

/** Accounts that are being brought back after a start: of `total` that should be online, `done` are, or have failed once. */
export const restoreProgressSchema = z.object({ done: z.int(), total: z.int() });
export type RestoreProgress = z.infer<typeof restoreProgressSchema>;

/** Accounts and errors at a glance (R6.4), and what the last health check found. */
export const healthReportSchema = z.object({
  accounts: z.object({
    total: z.int(),
    wantedOnline: z.int(),
    connected: z.int(),
    reconnecting: z.int(),
    needPerson: z.int(),
  }),
  restore: restoreProgressSchema,
  /** Why accounts are not connected, the most frequent first. */
  reasons: z.array(z.object({ reason: z.enum(REASON_NAMES), accounts: z.int() })),
  /** `account.error` events. */
  errors: z.object({ lastHour: z.int(), lastDay: z.int() }),
  lastRun: healthRunSchema.nullable(),
  nextRunAt: instant.nullable(),
  /** What each network is told we are: what it took last, or WA_VERSION (`setting`). */
  clientVersions: z.array(
    z.object({
      network: z.enum(NETWORKS),
      version: z.string(),
      setting: z.boolean(),
      workedAt: instant.nullable(),
    }),
  ),
});
export type HealthReport = z.infer<typeof healthReportSchema>;
