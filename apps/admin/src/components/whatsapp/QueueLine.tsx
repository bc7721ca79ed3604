'use client';

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { cn } from '@/lib/cn';
import { readQueue } from '@/lib/queries/messages';

interface QueueLineProps {
  accountId: string;
  /** Drawn while nothing waits. */
  otherwise?: ReactNode;
  className?: string;
}

/** Why messages of an account wait, while they do. */
export function QueueLine({ accountId, otherwise = null, className }: QueueLineProps) {
  const t = useTranslations('outbox');
  const format = useFormatter();
  const { data: queue } = useQuery(readQueue(accountId));
  if (!queue?.waitsFor) return otherwise;
  const time = queue.until && format.dateTime(new Date(queue.until), { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <p role="status" className={cn('rounded-lg bg-warn-wash px-3 py-1.5 text-[0.8125rem] text-warn', className)}>
      {t(`waits.${queue.waitsFor}`, { count: queue.waiting + queue.held })} {time && t('waitsUntil', { time })}
    </p>
  );
}
