import type { Writer } from './kind.js';

const secondsOf = (instant: string): number => Math.floor(Date.parse(instant) / 1000);

/** One that was forwarded may have no times. */
export const writeEvent: Writer<'event'> = ({ name, description, place, startsAt, endsAt, cancelled }) => ({
  message: {
    eventMessage: {
      name,
      isCanceled: cancelled,
      ...(description ? { description } : {}),
      ...(place ? { location: { name: place } } : {}),
      ...(startsAt ? { startTime: secondsOf(startsAt) } : {}),
      ...(endsAt ? { endTime: secondsOf(endsAt) } : {}),
    },
  },
  attrs: { type: 'event' },
  nodes: [{ tag: 'meta', attrs: { event_type: 'creation' } }],
});
