import { z } from 'zod';
import { MESSAGE_LANES } from './message.js';

const instant = z.iso.datetime({ offset: true });

/** `new`: a number in its first weeks here. `settled`: afterwards. `sandbox`: the same with bounds only sandbox accounts may use. */
export const GOVERNOR_PROFILES = ['new', 'settled', 'sandbox'] as const;
export type GovernorProfileName = (typeof GOVERNOR_PROFILES)[number];

/** Limits that WhatsApp sets, by the answer in which they are read. */
export const HOLD_CODES = [
  'reach_out_time_lock',
  'new_chat_limit',
  'rate_limited',
  'stanza_refused',
  'restricted',
] as const;
export type HoldCode = (typeof HOLD_CODES)[number];

/** What a hold keeps back: first contacts alone, or all that is no reply. Replies always pass. */
export const HOLD_SCOPES = ['first_contacts', 'all_but_replies'] as const;
export type HoldScope = (typeof HOLD_SCOPES)[number];

export const governorHoldSchema = z.object({
  code: z.enum(HOLD_CODES),
  scope: z.enum(HOLD_SCOPES),
  since: instant,
  until: instant,
  /** For people: what WhatsApp said and what is done about it. */
  message: z.string(),
});
export type GovernorHold = z.infer<typeof governorHoldSchema>;

/** Why the governor keeps a message back. `first_contact` ones concern messages to people who do not know the account. */
export const HELD_REASONS = [
  'pace',
  'daily_limit',
  'first_contact_pace',
  'first_contact_daily_limit',
  'quiet_hours',
  'whatsapp',
] as const;
export type HeldReason = (typeof HELD_REASONS)[number];

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Give a time as 21:00.');

/** Hours of the recipient in which nothing but replies is sent; may go over midnight. */
export const quietHoursSchema = z.object({ from: time, to: time });
export type QuietHours = z.infer<typeof quietHoursSchema>;

/** What a person may change of a profile; what is left out stays as the profile says. */
export const governorSettingsSchema = z.object({
  /** Messages at once, then so many a minute. */
  burst: z.number().int().min(1).optional(),
  perMinute: z.number().min(0.1).optional(),
  /** In any 24 hours; below the warm-up curve where that is lower. */
  perDay: z.number().int().min(1).optional(),
  firstContactBurst: z.number().int().min(1).optional(),
  firstContactsPerHour: z.number().min(0.1).optional(),
  firstContactsPerDay: z.number().int().min(1).optional(),
  /** Null: none. */
  quietHours: quietHoursSchema.nullable().optional(),
  /** Used where the recipient's zone is not known, such as for a LID or a group. */
  timeZone: z.string().min(1).max(64).optional(),
  /** Since when the number is in use, if before it was linked here: what the warm-up counts from. */
  numberSince: z.iso.date().nullable().optional(),
});
export type GovernorSettings = z.infer<typeof governorSettingsSchema>;

/** What an account has used in the last 24 hours and may still send, and what is kept back until when. */
export const budgetSchema = z.object({
  at: instant,
  /** In force now. */
  profile: z.enum(GOVERNOR_PROFILES),
  sends: z.object({
    used: z.int(),
    limit: z.int(),
    left: z.int(),
    /** Of the limit, what only replies may use. */
    keptForReplies: z.int(),
    atOnce: z.int(),
    perMinute: z.number(),
    /** How many may go at once now. */
    ready: z.int(),
    /** When the next one may go that is no reply; null: now. */
    nextAt: instant.nullable(),
  }),
  firstContacts: z.object({
    used: z.int(),
    limit: z.int(),
    left: z.int(),
    atOnce: z.int(),
    perHour: z.number(),
    ready: z.int(),
    nextAt: instant.nullable(),
  }),
  quietHours: quietHoursSchema.nullable(),
  timeZone: z.string(),
  /** What WhatsApp has limited. */
  holds: z.array(governorHoldSchema),
  /** By kind of message: how many wait, and what keeps all of that kind back. */
  lanes: z.array(
    z.object({
      lane: z.enum(MESSAGE_LANES),
      waiting: z.int(),
      held: z.object({ reason: z.enum(HELD_REASONS), until: instant }).nullable(),
    }),
  ),
});
export type Budget = z.infer<typeof budgetSchema>;

const governorNumbers = z.object({
  burst: z.number(),
  perMinute: z.number(),
  perDay: z.number(),
  firstContactBurst: z.number(),
  firstContactsPerHour: z.number(),
  firstContactsPerDay: z.number(),
});

export const governorChangeSchema = z.object({
  /** `auto`: new in its first weeks, then settled; of a sandbox account the sandbox's. */
  profile: z.enum([...GOVERNOR_PROFILES, 'auto']),
  settings: governorSettingsSchema,
});
export type GovernorChange = z.infer<typeof governorChangeSchema>;

export const governorSchema = governorChangeSchema.extend({
  inForce: z.enum(GOVERNOR_PROFILES),
  /** Since when the number is in use, in days: what the warm-up goes by. */
  ageDays: z.int(),
  /** By what may be chosen: what holds before any warm-up where nothing is set, and the most that each may be set to. */
  choices: z.array(
    z.object({
      profile: governorChangeSchema.shape.profile,
      defaults: governorNumbers.extend({ quietHours: quietHoursSchema.nullable() }),
      bounds: governorNumbers,
    }),
  ),
});
export type Governor = z.infer<typeof governorSchema>;
