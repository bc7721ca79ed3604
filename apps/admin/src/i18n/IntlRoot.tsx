'use client';

import { Direction } from 'radix-ui';
import type { ReactNode } from 'react';
import { IntlProvider } from 'use-intl';
import { directionOf, messagesOf, type Locale } from './locales';

export function IntlRoot({ locale, children }: { locale: Locale; children: ReactNode }) {
  return (
    <IntlProvider locale={locale} messages={messagesOf[locale]} timeZone={viewersZone()} onError={complain}>
      <Direction.Provider dir={directionOf(locale)}>{children}</Direction.Provider>
    </IntlProvider>
  );
}

/** Times are those of the viewer. None is drawn on the server, which would not know where that is. */
const viewersZone = () => (typeof window === 'undefined' ? 'UTC' : Intl.DateTimeFormat().resolvedOptions().timeZone);

/** A spec holds the keys together; should one be missing all the same, its name is shown rather than nothing. */
function complain(error: Error): void {
  if (process.env.NODE_ENV === 'development') throw error;
}
