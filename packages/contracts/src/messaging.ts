import { z } from 'zod';
import { DOINGS } from './doing.js';

/** `ring`: the phone rings and nothing is done here. `reject`: a call is declined at once. */
export const CALL_POLICIES = ['ring', 'reject'] as const;
export type CallPolicy = (typeof CALL_POLICIES)[number];

/** How an account behaves towards people. */
export const messagingSchema = z.object({
  /** Whether `POST chats/:id/read` also shows people that their messages were read. Off unless asked for. */
  readReceipts: z.boolean(),
  /** Whether our server fetches the page behind the first link of a text that does not say so itself. Off unless asked for. */
  linkPreviews: z.boolean(),
  calls: z.enum(CALL_POLICIES),
  /** Sent to who called and was declined, at most once an hour to each; null: nothing. */
  callReply: z.string().trim().min(1).max(4_096).nullable(),
  /** What messages said is removed here after so many days, files too; null: it is kept. Phones keep what is theirs. */
  keepDays: z.int().min(1, 'Give at least one day.').max(3_650, 'Give at most ten years.').nullable().default(null),
  /** Before a text goes out, the person is shown “typing…” for as long as somebody would type it, 10 seconds at most. */
  simulateTyping: z.boolean().default(false),
});
export type Messaging = z.infer<typeof messagingSchema>;

export const MESSAGING_DEFAULTS: Messaging = {
  readReceipts: false,
  linkPreviews: false,
  calls: 'ring',
  callReply: null,
  keepDays: null,
  simulateTyping: false,
};

/** What people see this account do in a chat, for some seconds. */
export const chatShowSchema = z.object({ doing: z.enum(DOINGS) });
export type ChatShow = z.infer<typeof chatShowSchema>;
