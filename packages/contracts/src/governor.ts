import { z } from 'zod';

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
