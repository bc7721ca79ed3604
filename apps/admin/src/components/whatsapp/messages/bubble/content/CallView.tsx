'use client';

import { Phone, PhoneMissed, Video } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Drawing } from './drawing';

export const CallView: Drawing<'call'> = ({ content: { video, outcome } }) => {
  const t = useTranslations('messages');
  const Icon = outcome === 'missed' ? PhoneMissed : video ? Video : Phone;
  return (
    <p className="flex items-center gap-2 py-0.5">
      <Icon className="size-4 shrink-0 text-ink-soft" aria-hidden />
      <span>{t(video ? 'kind.videoCall' : 'kind.call')}</span>
      <span className="text-ink-soft">{t(`call.${outcome}`)}</span>
    </p>
  );
};
