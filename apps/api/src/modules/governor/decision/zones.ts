import parsePhoneNumber from 'libphonenumber-js';
import type { PhoneDigits } from '../../whatsapp/jid.js';

/** The zones of a country, from the data of the runtime (CLDR and tz); TypeScript does not know it yet. */
type ZonedLocale = Intl.Locale & { getTimeZones?(): string[] | undefined };

const byCountry = new Map<string, readonly string[]>();

/** Where the owner of a number may be: all zones of its country. Empty for a number of no country. */
export function zonesOf(phone: PhoneDigits): readonly string[] {
  const parsed = parsePhoneNumber(`+${phone}`);
  if (!parsed) return [];
  const countries = parsed.country ? [parsed.country] : parsed.getPossibleCountries();
  return countries.flatMap((country) => zonesOfCountry(country));
}

function zonesOfCountry(country: string): readonly string[] {
  const known = byCountry.get(country);
  if (known) return known;
  const zones = (new Intl.Locale(`und-${country}`) as ZonedLocale).getTimeZones?.() ?? [];
  byCountry.set(country, zones);
  return zones;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Minutes east of Greenwich at that moment. Undefined for a zone that does not exist. */
export function offsetOf(zone: string, wall: number): number | undefined {
  const format = formats.get(zone) ?? formatOf(zone);
  if (!format) return undefined;
  const name = format.formatToParts(wall).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return hours === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

function formatOf(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
    formats.set(timeZone, format);
    return format;
  } catch {
    return undefined; // Not a zone; who sets one is told so.
  }
}
