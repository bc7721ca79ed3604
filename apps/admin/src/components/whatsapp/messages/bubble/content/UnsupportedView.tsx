'use client';

import { useTranslations } from 'use-intl';
import type { Drawing } from './drawing';

/** It is kept, and shown once this page knows its kind. */
export const UnsupportedView: Drawing<'unsupported'> = ({ content: { type } }) => {
  const t = useTranslations('messages');
  return (
    <em className="text-ink-soft" title={type}>
      {t('unsupported')}
    </em>
  );
};
