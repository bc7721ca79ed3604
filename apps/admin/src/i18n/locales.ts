import en from './en.json';

/** The languages of the pages. English is the measure: every other file must have the same keys. */
export const LOCALES = ['en'] as const;
export type Locale = (typeof LOCALES)[number];
export type Messages = typeof en;

export const messagesOf: Record<Locale, Messages> = { en };

const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur']);
export const directionOf = (locale: string): 'ltr' | 'rtl' =>
  RIGHT_TO_LEFT.has(locale.split('-')[0] ?? '') ? 'rtl' : 'ltr';

/** The first of the wanted languages that there is, in the words of `Accept-Language`. */
export function chooseLocale(wanted: string | null): Locale {
  const tags = (wanted ?? '').split(',').map((tag) => tag.split(';')[0]?.trim().split('-')[0]);
  return LOCALES.find((locale) => tags.includes(locale)) ?? 'en';
}
