import type { Kind } from './kind.js';

export const event: Kind<'event'> = {
  stanzaType: 'event',
  write: ({ name, startsAt, place }) => ({
    eventMessage: { name, startTime: Math.floor(startsAt / 1000), ...(place && { location: { name: place } }) },
  }),
};
