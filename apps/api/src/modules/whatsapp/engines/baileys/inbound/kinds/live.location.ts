import type { Reader } from './kind.js';
import { filled } from './kind.js';
import { pointOf } from './location.js';

export const readLiveLocation: Reader<'live_location'> = ({ liveLocationMessage }) => {
  const point = pointOf(liveLocationMessage);
  if (!point) return undefined;
  const { accuracyInMeters: accuracyMetres, caption } = liveLocationMessage ?? {};
  return { kind: 'live_location', ...point, ...filled({ accuracyMetres, caption }) };
};
