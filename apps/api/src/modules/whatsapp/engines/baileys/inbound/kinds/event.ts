import type { Reader } from './kind.js';
import { filled } from './kind.js';

export const readEvent: Reader<'event'> = ({ eventMessage }) => {
  if (!eventMessage?.name) return undefined;
  const { name, description, location, startTime, endTime, isCanceled } = eventMessage;
  return {
    kind: 'event',
    name,
    ...filled({ description, place: location?.name || location?.address }),
    startsAt: instantOf(startTime),
    endsAt: instantOf(endTime),
    cancelled: isCanceled ?? false,
  };
};

/** From seconds since 1970; null for what no calendar holds. */
function instantOf(seconds: unknown): string | null {
  const at = new Date(Number(seconds ?? NaN) * 1000);
  return Number(seconds) > 0 && !Number.isNaN(at.getTime()) && at.getUTCFullYear() < 10_000 ? at.toISOString() : null;
}
