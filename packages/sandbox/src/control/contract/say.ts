import { z } from 'zod';
import { groupId, timestamp, userId } from './ids.js';

const latitude = z.number().min(-90).max(90);
const longitude = z.number().min(-180).max(180);
const words = z.string().min(1).max(65_536);

/**
 * What is neither a text nor a file. `vote`, `answer` (to an event), `edit` and `delete` name a message that was seen or sent. `forwarded`,
 * `disappearing` and `link` (with a preview) are texts with something around them; `timer` sets how long messages of the chat live (0: for ever);
 * `choices` and `choice` are what a business asks and what a person chooses; `newer` is of a kind that no client knows.
 * @example { "to": "9990100000001", "content": { "kind": "poll", "question": "When?", "options": ["now", "later"] } }
 */
export const say = z.object({
  to: z.union([userId, groupId]),
  content: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('location'),
      latitude,
      longitude,
      name: words.optional(),
      address: words.optional(),
    }),
    z.object({
      kind: z.literal('live_location'),
      latitude,
      longitude,
      caption: words.optional(),
      /** Seconds since the sharing began: somebody has moved. */
      after: z.number().int().min(1).optional(),
    }),
    z.object({ kind: z.literal('contacts'), contacts: z.array(z.object({ name: words, phone: words })).min(1) }),
    z.object({
      kind: z.literal('poll'),
      question: words,
      options: z.array(words).min(1).max(12),
      selectable: z.number().int().min(0).max(12).default(1),
    }),
    z.object({ kind: z.literal('vote'), messageId: z.string(), options: z.array(words).max(12) }),
    z.object({ kind: z.literal('answer'), messageId: z.string(), answer: z.enum(['going', 'not_going', 'maybe']) }),
    /** `of`: it is the caption of such a file that is new. */
    z.object({
      kind: z.literal('edit'),
      messageId: z.string(),
      text: words,
      of: z.enum(['image', 'video', 'document']).optional(),
    }),
    z.object({ kind: z.literal('delete'), messageId: z.string() }),
    /** `seconds` 0: not any more. */
    z.object({ kind: z.literal('pin'), messageId: z.string(), seconds: z.number().int().min(0) }),
    z.object({ kind: z.literal('keep'), messageId: z.string(), kept: z.boolean() }),
    z.object({ kind: z.literal('forwarded'), text: words, score: z.number().int().min(1).max(1000) }),
    z.object({ kind: z.literal('disappearing'), text: words, seconds: z.number().int().min(1) }),
    z.object({ kind: z.literal('link'), text: words, url: z.url(), title: words, description: words.optional() }),
    z.object({ kind: z.literal('timer'), seconds: z.number().int().min(0) }),
    z.object({
      kind: z.literal('choices'),
      style: z.enum(['buttons', 'list']),
      text: words,
      choices: z.array(words).min(1).max(10),
    }),
    z.object({ kind: z.literal('choice'), text: words }),
    z.object({ kind: z.literal('event'), name: words, startsAt: timestamp, place: words.optional() }),
    z.object({ kind: z.literal('newer'), text: words }),
  ]),
});
export type Say = z.output<typeof say>;
