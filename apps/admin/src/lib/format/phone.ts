import type { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** The library with its tables of all countries is large; it comes after the page, and numbers are plain until then. */
type Parse = typeof parsePhoneNumberFromString;
let parse: Parse | null = null;
let loading: Promise<Parse> | null = null;
const listeners = new Set<() => void>();

export const loadPhoneLibrary = (): Promise<Parse> =>
  (loading ??= import('libphonenumber-js/min').then((library) => {
    parse = library.parsePhoneNumberFromString;
    for (const listener of listeners) listener();
    return parse;
  }));

export const watchPhoneLibrary = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
export const phoneLibraryIsHere = (): boolean => parse !== null;

/** No country has 999; numbers of the sandbox begin with it. */
const SANDBOX = /^\+?999/;

/** `+62 812-3456-7890`, from E.164 or digits. What is no number of any country is grouped for the eye. */
export function formatPhone(number: string): string {
  const e164 = number.startsWith('+') ? number : `+${number}`;
  if (SANDBOX.test(e164)) return grouped(e164);
  return parse?.(e164)?.formatInternational() ?? e164;
}

function grouped(e164: string): string {
  const groups = e164.slice(4).match(/\d{1,3}/g) ?? [];
  const last = groups[groups.length - 1];
  if (last?.length === 1) groups.splice(-2, 2, `${groups[groups.length - 2] ?? ''}${last}`);
  return [e164.slice(0, 4), ...groups].join(' ');
}

/** Digits only, as the sandbox writes numbers. */
export const digitsOf = (number: string): string => number.replace(/\D/g, '');
