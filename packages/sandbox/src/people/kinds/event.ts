import { randomBytes } from 'node:crypto';
import type { Kind } from './kind.js';

const millisecondsOf = (seconds: number | undefined): number | null => (seconds ? seconds * 1000 : null);

export const event: Kind<'event'> = {
  stanzaType: 'event',
  read: ({ eventMessage: made }) =>
    made && {
      kind: 'event',
      text: made.name ?? '',
      detail: {
        description: made.description ?? null,
        place: made.location?.name ?? null,
        startsAt: millisecondsOf(made.startTime),
        endsAt: millisecondsOf(made.endTime),
        cancelled: made.isCanceled ?? false,
      },
    },
  write: ({ name, startsAt, place }) => ({
    messageContextInfo: { messageSecret: randomBytes(32) },
    eventMessage: { name, startTime: Math.floor(startsAt / 1000), ...(place && { location: { name: place } }) },
  }),
};
