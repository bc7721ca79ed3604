import { z } from 'zod';
import { pageQuery } from './page.js';

export const TIMELINE_TONES = ['neutral', 'good', 'note', 'warn', 'bad'] as const;

/** One thing that happened to an account, for people. Newest first. */
export const timelineEntrySchema = z.object({
  /** Of the event. */
  position: z.int(),
  at: z.iso.datetime({ offset: true }),
  tone: z.enum(TIMELINE_TONES),
  /** What happened, and where it is not plain, why. */
  text: z.string(),
  /** What is done about it by itself, or what a person can do; null when nothing is needed. */
  done: z.string().nullable(),
  /** How often in a row, up to `at`. */
  times: z.int().min(1),
  /** For who looks it up: the event, and the reason word when there is one. */
  code: z.object({ event: z.string(), reason: z.string().nullable() }),
});
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

export const timelineQuery = pageQuery;

/** A text for a report: what the account is and what happened, without numbers, names, texts or keys. */
export const diagnosticsSchema = z.object({ text: z.string() });
export type Diagnostics = z.infer<typeof diagnosticsSchema>;
