import { z } from 'zod';
import { groupId, timestamp, userId } from './ids.js';

/**
 * One message as a person sent it. `n` as in `seenMessage`. `acked` when the network took it; `error` is its refusal.
 * `receipts` are what came back, in order; `type` is `delivered` or what the receipt said (`read`, `inactive`, …).
 * @example { "n": 1, "id": "3EB0…", "to": "9990100000001", "text": "hello", "at": 1795540000000, "acked": true,
 *   "error": null, "receipts": [{ "from": "9990100000001", "device": 1, "type": "delivered", "at": 1795540000100 }] }
 */
export const sentMessage = z.object({
  n: z.number().int(),
  id: z.string(),
  to: z.union([userId, groupId]),
  text: z.string(),
  at: timestamp,
  acked: z.boolean(),
  error: z.string().nullable(),
  receipts: z.array(z.object({ from: userId, device: z.number().int(), type: z.string(), at: timestamp })),
});
export type SentMessage = z.infer<typeof sentMessage>;
