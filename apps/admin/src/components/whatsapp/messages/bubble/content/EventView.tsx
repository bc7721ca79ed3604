'use client';

import { CalendarDays } from 'lucide-react';
import { useFormatter, useTranslations } from 'use-intl';
import { cn } from '@/lib/cn';
import type { Drawing } from './drawing';
import { EventAnswers } from './EventAnswers';

export const EventView: Drawing<'event'> = ({ content, message }) => {
  const { name, description, place, startsAt, endsAt, cancelled } = content;
  const t = useTranslations('messages');
  const format = useFormatter();
  const times = [startsAt, endsAt].filter((at) => at !== null).map((at) => new Date(at));
  return (
    <div className="flex min-w-56 items-start gap-3 py-1">
      <span className="grid size-10 shrink-0 place-items-center rounded-xl bg-accent-wash text-accent">
        <CalendarDays className="size-5" aria-hidden />
      </span>
      <div className="min-w-0 flex-1">
        <p className={cn('font-medium break-words', cancelled && 'line-through')}>
          <bdi>{name}</bdi>
        </p>
        {cancelled && <p className="text-[0.8125rem] text-bad">{t('cancelledEvent')}</p>}
        {times.length > 0 && (
          <p className="text-[0.8125rem] text-ink-soft">
            {times.map((at) => format.dateTime(at, { dateStyle: 'medium', timeStyle: 'short' })).join(' – ')}
          </p>
        )}
        {place && (
          <p className="text-[0.8125rem] text-ink-soft">
            <bdi>{place}</bdi>
          </p>
        )}
        {description && (
          <p className="mt-1 break-words whitespace-pre-wrap" dir="auto">
            {description}
          </p>
        )}
        <EventAnswers message={message} over={cancelled} />
      </div>
    </div>
  );
};
