import type { QuietHours } from '@trunkline/contracts';
import type { PhoneDigits } from '../../whatsapp/jid.js';
import { offsetOf, zonesOf } from './zones.js';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

/**
 * Until when it is quiet for the owner of a number; undefined: it is not. Where a country has several zones all of them
 * must be awake, since a number does not tell which one its owner is in; where that is never so, and where no zone is
 * known, `ownZone` counts.
 */
export function quietUntil(
  quiet: QuietHours,
  phone: PhoneDigits | null,
  ownZone: string,
  wall: number,
): number | undefined {
  const theirs = phone ? offsetsOf(zonesOf(phone), wall) : [];
  const awake = theirs.length > 0 ? awakeAt(quiet, theirs, wall) : undefined;
  const at = awake ?? awakeAt(quiet, offsetsOf([ownZone], wall), wall) ?? wall;
  return at > wall ? at : undefined;
}

function offsetsOf(zones: readonly string[], wall: number): number[] {
  return [...new Set(zones.map((zone) => offsetOf(zone, wall)).filter((offset) => offset !== undefined))];
}

/** The first moment from `wall` on in which it is quiet nowhere; undefined when there is none in a day. */
function awakeAt(quiet: QuietHours, offsets: readonly number[], wall: number): number | undefined {
  const minute = Math.floor(wall / MINUTE_MS);
  for (let i = 0; i < DAY_MINUTES; i += 1) {
    const asleep = offsets.some((offset) => isQuiet(quiet, (minute + i + offset + DAY_MINUTES) % DAY_MINUTES));
    if (!asleep) return i === 0 ? wall : (minute + i) * MINUTE_MS;
  }
  return undefined;
}

function isQuiet({ from, to }: QuietHours, minute: number): boolean {
  const [start, end] = [minutesOf(from), minutesOf(to)];
  return start <= end ? minute >= start && minute < end : minute >= start || minute < end;
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
