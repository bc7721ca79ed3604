import { createTranslator } from 'use-intl/core';
import { headers } from 'next/headers';
import { chooseLocale, messagesOf } from './locales';

export const requestLocale = async () => chooseLocale((await headers()).get('accept-language'));

/** For titles, which are made on the server. */
export async function pageTitle(page: keyof (typeof messagesOf)['en']['pages']) {
  const locale = await requestLocale();
  const t = createTranslator({ locale, messages: messagesOf[locale], namespace: 'pages' });
  return { title: t(page) };
}
