import type { Reader } from './kind.js';
import { filled } from './kind.js';

export const readLocation: Reader<'location'> = ({ locationMessage }) => {
  const point = pointOf(locationMessage);
  if (!point) return undefined;
  return { kind: 'location', ...point, ...filled({ name: locationMessage?.name, address: locationMessage?.address }) };
};

interface Degrees {
  degreesLatitude?: number | null;
  degreesLongitude?: number | null;
}

/** Undefined for what is no place on the Earth. Zero is one, and protobuf leaves it out. */
export function pointOf(of: Degrees | null | undefined): { latitude: number; longitude: number } | undefined {
  if (!of) return undefined;
  const [latitude, longitude] = [of.degreesLatitude ?? 0, of.degreesLongitude ?? 0];
  const onEarth = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  return onEarth ? { latitude, longitude } : undefined;
}
