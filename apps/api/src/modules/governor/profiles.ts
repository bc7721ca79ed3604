/**
 * How fast an account may write, by profile, and within which bounds a person may change that. WhatsApp publishes no
 * figures for linked devices; docs/operations/governor.md says where ours come from.
 */
import type { GovernorProfileName, GovernorSettings, Network, QuietHours } from '@trunkline/contracts';
import type { Limits } from './decision/limits.js';

export interface Profile {
  burst: number;
  perMinute: number;
  perDay: number;
  firstContactBurst: number;
  firstContactsPerHour: number;
  firstContactsPerDay: number;
  quietHours: QuietHours | null;
  jitter: number;
}

type Numbers = Exclude<keyof Profile, 'quietHours' | 'jitter'>;

export const PROFILES: Record<GovernorProfileName, Profile> = {
  new: {
    burst: 3,
    perMinute: 6,
    perDay: 400,
    firstContactBurst: 1,
    firstContactsPerHour: 4,
    firstContactsPerDay: 10,
    quietHours: { from: '21:00', to: '08:00' },
    jitter: 0.5,
  },
  settled: {
    burst: 10,
    perMinute: 20,
    perDay: 1_000,
    firstContactBurst: 2,
    firstContactsPerHour: 5,
    firstContactsPerDay: 20,
    quietHours: { from: '21:00', to: '08:00' },
    jitter: 0.5,
  },
  sandbox: {
    burst: 5_000,
    perMinute: 600_000,
    perDay: 100_000_000,
    firstContactBurst: 5_000,
    firstContactsPerHour: 36_000_000,
    firstContactsPerDay: 100_000_000,
    quietHours: null,
    jitter: 0,
  },
};

/** The most that a person may set. */
export const BOUNDS: Record<GovernorProfileName, Record<Numbers, number>> = {
  new: {
    burst: 5,
    perMinute: 12,
    perDay: 400,
    firstContactBurst: 2,
    firstContactsPerHour: 8,
    firstContactsPerDay: 10,
  },
  settled: {
    burst: 30,
    perMinute: 60,
    perDay: 5_000,
    firstContactBurst: 10,
    firstContactsPerHour: 60,
    firstContactsPerDay: 250,
  },
  sandbox: {
    burst: 100_000,
    perMinute: 6_000_000,
    perDay: 1_000_000_000,
    firstContactBurst: 100_000,
    firstContactsPerHour: 360_000_000,
    firstContactsPerDay: 1_000_000_000,
  },
};

/** From this age on a number is settled. */
const SETTLED_DAYS = 28;

/** The curve by which a new number warms up: from so many days on, so many a day. */
const WARM_UP: readonly { days: number; perDay: number; firstContactsPerDay: number }[] = [
  { days: 0, perDay: 20, firstContactsPerDay: 3 },
  { days: 3, perDay: 40, firstContactsPerDay: 4 },
  { days: 7, perDay: 100, firstContactsPerDay: 6 },
  { days: 14, perDay: 200, firstContactsPerDay: 8 },
  { days: 21, perDay: 400, firstContactsPerDay: 10 },
];

const KEPT_FOR_REPLIES = 0.2;
const DAY_MS = 24 * 3_600_000;
const DEFAULT_TIME_ZONE = 'UTC';

export interface Governed {
  network: Network;
  linkedAt: Date | null;
  profile: GovernorProfileName | 'auto';
  settings: GovernorSettings;
}

/** Days since the number is in use, as far as is known. */
export function ageOf({ linkedAt, settings }: Governed, now: Date): number {
  const known = [linkedAt, settings.numberSince ? new Date(settings.numberSince) : null].filter((at) => at !== null);
  if (known.length === 0) return 0;
  return Math.max(0, (now.getTime() - Math.min(...known.map((at) => at.getTime()))) / DAY_MS);
}

/** The profile in force: what a person chose, where the network allows it, else by network and age. */
export function profileOf(governed: Governed, now: Date): GovernorProfileName {
  const { network, profile } = governed;
  if (profile !== 'auto' && (profile !== 'sandbox' || network === 'sandbox')) return profile;
  if (network === 'sandbox') return 'sandbox';
  return ageOf(governed, now) < SETTLED_DAYS ? 'new' : 'settled';
}

/** What holds now. A setting above its bound, such as one of a profile that is no longer in force, counts as the bound. */
export function limitsOf(governed: Governed, now: Date): Limits {
  const name = profileOf(governed, now);
  const { settings } = governed;
  const bounded = (key: Numbers) => Math.min(settings[key] ?? PROFILES[name][key], BOUNDS[name][key]);
  const warm = name === 'new' ? warmUp(ageOf(governed, now)) : undefined;
  return {
    pace: { burst: bounded('burst'), everyMs: 60_000 / bounded('perMinute') },
    perDay: Math.min(bounded('perDay'), warm?.perDay ?? Infinity),
    firstContactPace: {
      burst: bounded('firstContactBurst'),
      everyMs: 3_600_000 / bounded('firstContactsPerHour'),
    },
    firstContactsPerDay: Math.min(bounded('firstContactsPerDay'), warm?.firstContactsPerDay ?? Infinity),
    keptForReplies: KEPT_FOR_REPLIES,
    jitter: PROFILES[name].jitter,
    quietHours: settings.quietHours === undefined ? PROFILES[name].quietHours : settings.quietHours,
    timeZone: settings.timeZone ?? DEFAULT_TIME_ZONE,
  };
}

const warmUp = (days: number) => WARM_UP.findLast((step) => step.days <= days)!;
