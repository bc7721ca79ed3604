import { z } from 'zod';
import { errorSchema } from './error.js';
import { IDEMPOTENCY_KEY, messageSchema, messageSendSchema, messageStatusSchema } from './message.js';
import { pageQuery } from './page.js';
import { personSchema } from './person.js';

const instant = z.iso.datetime({ offset: true });

/** Messages of one call at most. */
export const BATCH_SIZE = 1_000;

/** Many messages at once; each is accepted or refused by itself. The order of the list is the order within a chat. */
export const messageBatchSendSchema = z.object({
  messages: z
    .array(z.object({ idempotencyKey: IDEMPOTENCY_KEY.optional(), message: messageSendSchema }))
    .min(1, 'Give at least one message.')
    .max(BATCH_SIZE, `Give at most ${BATCH_SIZE} messages.`),
});
export type MessageBatchSend = z.infer<typeof messageBatchSendSchema>;

/** What became of one of them: a message, or why there is none. */
export const batchItemSchema = z.object({
  message: messageSchema.nullable(),
  /** True when its key was known: this is the message that the key stands for. */
  replayed: z.boolean(),
  error: errorSchema.shape.error.pick({ code: true, message: true, details: true, retryAfterSeconds: true }).nullable(),
});
export type BatchItem = z.infer<typeof batchItemSchema>;

/** `items` in the order of the request. `batchId` is null when none was new. */
export const messageBatchSchema = z.object({ batchId: z.uuid().nullable(), items: z.array(batchItemSchema) });
export type MessageBatch = z.infer<typeof messageBatchSchema>;

/** How far the messages of a batch have come: how many are in each status. */
export const batchStateSchema = z.object({
  batchId: z.uuid(),
  total: z.int(),
  statuses: z.partialRecord(messageStatusSchema, z.int()),
});
export type BatchState = z.infer<typeof batchStateSchema>;

export const batchCancelledSchema = batchStateSchema.extend({
  /** How many were taken back by this call; the others had begun to leave, or ended before. */
  cancelled: z.int(),
});
export type BatchCancelled = z.infer<typeof batchCancelledSchema>;

/** How far a message came with one member of a group, or with the one person of a chat. */
export const memberReceiptSchema = personSchema.extend({
  deliveredAt: instant.nullable(),
  readAt: instant.nullable(),
  playedAt: instant.nullable(),
});
export type MemberReceipt = z.infer<typeof memberReceiptSchema>;
export const memberReceiptsQuery = pageQuery;

/** Why nothing leaves although something waits. `governor`: the account has sent as much as it may for now. */
export const QUEUE_WAITS = ['offline', 'governor', 'held'] as const;

/** What an account has yet to send. */
export const queueSchema = z.object({
  accountId: z.uuid(),
  /** Ready to leave. */
  waiting: z.int(),
  /** Their time has not come (`notBefore`). */
  scheduled: z.int(),
  /** The governor holds them. */
  held: z.int(),
  /** Left, and not confirmed. */
  sending: z.int(),
  /** More are refused with `queue_full`. */
  limit: z.int(),
  /** When the oldest that is ready was accepted. */
  oldestAt: instant.nullable(),
  waitsFor: z.enum(QUEUE_WAITS).nullable(),
  /** When it goes on by itself, where that is known. */
  until: instant.nullable(),
});
export type Queue = z.infer<typeof queueSchema>;
