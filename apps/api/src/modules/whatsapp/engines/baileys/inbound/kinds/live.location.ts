import type { Reader } from './kind.js';
import { filled } from './kind.js';
import { pointOf } from './location.js';

/** Nobody shares for longer: eight hours is what WhatsApp offers. */
const MOST_SECONDS = 24 * 3600;

export const readLiveLocation: Reader<'live_location'> = ({ liveLocationMessage }) => {
  const point = pointOf(liveLocationMessage);
  if (!point) return undefined;
  const { accuracyInMeters: accuracyMetres, caption, timeOffset } = liveLocationMessage ?? {};
  const after = Math.floor(Number(timeOffset ?? 0));
  const movedAfterSeconds = after > 0 && after <= MOST_SECONDS ? after : undefined;
  return { kind: 'live_location', ...point, ...filled({ accuracyMetres, caption, movedAfterSeconds }) };
};
