'use client';

import { useQuery } from '@tanstack/react-query';
import { Ban } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { standingOptOut } from '@/lib/queries/opt-outs';
import { paths } from '@/lib/navigation';
import { TimeAgo } from '../TimeAgo';

/** Told before somebody writes: nothing reaches this person. */
export function OptedOut({ personId }: { personId: string | null }) {
  const t = useTranslations('optOuts');
  const { data: optOut } = useQuery({ ...standingOptOut(personId ?? ''), enabled: personId !== null });
  if (!optOut) return null;
  return (
    <p
      role="status"
      className="flex shrink-0 items-center gap-2 border-t bg-bad-wash px-5 py-2 text-[0.8125rem] text-bad"
    >
      <Ban className="size-4 shrink-0" aria-hidden />
      <span>
        {t('inChat')} <TimeAgo value={optOut.since} />.{' '}
        <Link href={paths.optOuts} className="rounded-sm font-medium underline underline-offset-2">
          {t('show')}
        </Link>
      </span>
    </p>
  );
}
