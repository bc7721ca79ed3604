import type * as Numbers from 'libphonenumber-js/min';

/** The library with its tables of all countries is large; it comes after the page, and numbers are plain until then. */
type Library = Pick<typeof Numbers, 'AsYouType' | 'parsePhoneNumberFromString'>;
let library: Library | null = null;
let loading: Promise<void> | null = null;
const listeners = new Set<() => void>();

export const loadPhoneLibrary = (): Promise<void> =>
  (loading ??= import('libphonenumber-js/min').then((loaded) => {
    library = loaded;
    for (const listener of listeners) listener();
  }));

export const watchPhoneLibrary = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
export const phoneLibrary = (): Library | null => library;

/** No country has 999; numbers of the sandbox begin with it. */
export const isSandboxNumber = (number: string): boolean => /^\+?999/.test(number);

/** `+62 812-3456-7890`, from E.164 or digits. What is no number of any country is grouped for the eye. */
export function formatPhone(number: string): string {
  const e164 = number.startsWith('+') ? number : `+${number}`;
  if (isSandboxNumber(e164)) return grouped(e164);
  return library?.parsePhoneNumberFromString(e164)?.formatInternational() ?? e164;
}

function grouped(e164: string): string {
  const groups = e164.slice(4).match(/\d{1,3}/g) ?? [];
  const last = groups[groups.length - 1];
  if (last?.length === 1) groups.splice(-2, 2, `${groups[groups.length - 2] ?? ''}${last}`);
  return [e164.slice(0, 4), ...groups].join(' ');
}

/** A number as it is being typed, grouped as far as it goes. A country code needs no `+` from who types it. */
export function asTyped(text: string): string {
  const wanted = /^\s*[1-9]/.test(text) ? `+${text.trim()}` : text;
  const bare = wanted.replace(/[^\d+]/g, '');
  if (isSandboxNumber(bare)) return bare.length > 7 ? formatPhone(bare) : wanted;
  return library ? new library.AsYouType().input(wanted) : wanted;
}

/** The country that a number, as far as it is typed, belongs to: `ID`. */
export function countryOf(text: string): string | null {
  if (!library) return null;
  const reader = new library.AsYouType();
  reader.input(text.trim().startsWith('+') ? text : `+${text}`);
  return reader.getCountry() ?? null;
}

/** Digits only, as the sandbox writes numbers. */
export const digitsOf = (number: string): string => number.replace(/\D/g, '');
