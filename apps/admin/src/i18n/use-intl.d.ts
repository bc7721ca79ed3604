import type { Locale, Messages } from './locales';

/** Makes a key that does not exist an error of the types. */
declare module 'use-intl' {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}
