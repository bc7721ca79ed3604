import { z } from 'zod';

/** What one says to an event. */
export const EVENT_ANSWERS = ['going', 'not_going', 'maybe'] as const;
export type EventAnswer = (typeof EVENT_ANSWERS)[number];
const answer = z.enum(EVENT_ANSWERS);

/** What one person says to an event, instead of what they said before. */
export const answerContentSchema = z.object({
  kind: z.literal('answer'),
  targetWaId: z.string(),
  /** Null: encrypted for an event that is not known here, or a word that is none of these. */
  answer: answer.nullable(),
});

export const answerSendSchema = z.object({ kind: z.literal('answer'), messageId: z.uuid(), answer });
