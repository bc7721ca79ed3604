import { z } from 'zod';
import { EVENT_NAMES, EVENTS, type AnyEvent, type EventName } from './event.js';

const envelopeOf = <N extends EventName>(name: N) =>
  z.object({
    id: z.uuid(),
    /** One order for the installation: what every cursor uses. */
    position: z.int(),
    /** Per account, without gaps; null without one. */
    sequence: z.int().nullable(),
    timestamp: z.iso.datetime({ offset: true }),
    event: z.literal(name),
    accountId: z.uuid().nullable(),
    payload: EVENTS[name],
    schemaVersion: z.literal(1),
  });

const [first, ...rest] = EVENT_NAMES.map(envelopeOf);

/** Any event, told apart by `event`. */
export const eventSchema = z.discriminatedUnion('event', [first!, ...rest]) as unknown as z.ZodType<AnyEvent>;

export const eventListQuery = z.object({
  /** The last position seen; 0 begins with the oldest that is kept. */
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  accountId: z.uuid().optional(),
});
export type EventListQuery = z.infer<typeof eventListQuery>;

/** `scannedTo` is the next `after`, also when a filter left events out; `head` the last position there is. */
export const eventPageSchema = z.object({ items: z.array(eventSchema), scannedTo: z.int(), head: z.int() });
export type EventPage = z.infer<typeof eventPageSchema>;

export const subscribeSchema = z.object({
  accountId: z.uuid().nullable(),
  since: z.int().min(0).optional(),
});
