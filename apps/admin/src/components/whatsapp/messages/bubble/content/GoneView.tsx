'use client';

import { useTranslations } from 'use-intl';
import type { Drawing } from './drawing';

export const GoneView: Drawing<'gone'> = ({ content: { why } }) => {
  const t = useTranslations('messages');
  return <em className="text-ink-soft">{t(`noMore.${why}`)}</em>;
};
