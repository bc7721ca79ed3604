'use client';

import { useQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'use-intl';
import { cn } from '@/lib/cn';
import { readQueue } from '@/lib/queries/messages';

/** Why messages of an account wait, while they do; nothing otherwise. */
export function QueueLine({ accountId, className }: { accountId: string; className?: string }) {
  const t = useTranslations('outbox');
  const format = useFormatter();
  const { data: queue } = useQuery(readQueue(accountId));
  if (!queue?.waitsFor) return null;
  const time = queue.until && format.dateTime(new Date(queue.until), { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <p role="status" className={cn('rounded-lg bg-warn-wash px-3 py-1.5 text-[0.8125rem] text-warn', className)}>
      {t(`waits.${queue.waitsFor}`, { count: queue.waiting + queue.held })} {time && t('waitsUntil', { time })}
    </p>
  );
}
