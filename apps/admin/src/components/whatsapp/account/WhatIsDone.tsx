'use client';

import type { Account } from '@trunkline/contracts';
import { LoaderCircle, Timer } from 'lucide-react';
import { useFormatter, useTranslations } from 'use-intl';
import { May } from '@/components/shell/May';
import { Button } from '@/components/ui/button';
import { clock, secondsUntil } from '@/lib/format/duration';
import { useNow } from '@/lib/hooks/useNow';
import { useAsk } from './useAsk';

/** What goes on by itself: the next attempt, and when a link that nobody completes is given up. */
export function WhatIsDone({ account }: { account: Account }) {
  const { status, connection, deadline, nextAttemptAt, attempt } = account.state;
  const trying =
    connection === 'reconnecting' || (connection === 'connecting' && (attempt > 0 || nextAttemptAt !== null));
  return (
    <>
      {trying && <Attempts account={account} />}
      {status === 'banned' && nextAttemptAt && <Later at={nextAttemptAt} />}
      {deadline && <Deadline at={deadline} />}
    </>
  );
}

function Attempts({ account }: { account: Account }) {
  const t = useTranslations('doing');
  const now = useNow();
  const ask = useAsk(account);
  const { attempt, nextAttemptAt } = account.state;
  const seconds = nextAttemptAt ? secondsUntil(nextAttemptAt, now) : 0;
  return (
    <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2" data-testid="attempts" aria-live="off">
      <LoaderCircle className="size-4 animate-spin text-ink-soft" aria-hidden />
      <span className="tabular">
        {seconds > 0
          ? t('next', {
              attempt: Math.max(attempt, 1),
              time: seconds < 100 ? t('seconds', { seconds }) : clock(seconds),
            })
          : t('trying', { attempt: Math.max(attempt, 1) })}
      </span>
      <May least="operator">
        {/* While one is under way there is none to bring forward; it keeps its place for the next. */}
        <Button size="small" busy={ask.isPending} disabled={seconds === 0} onClick={() => ask.mutate('initialize')}>
          {t('now')}
        </Button>
      </May>
    </div>
  );
}

/** A ban that ends: too long to count seconds. */
function Later({ at }: { at: string }) {
  const t = useTranslations('doing');
  const format = useFormatter();
  const now = useNow('half-minute');
  return (
    <p className="mt-3 text-[0.8125rem] text-ink-soft">
      {t('later', { time: format.relativeTime(new Date(at), now) })}
    </p>
  );
}

function Deadline({ at }: { at: string }) {
  const t = useTranslations('doing');
  const now = useNow();
  return (
    <p className="tabular mt-3 flex items-center gap-2 text-[0.8125rem] text-ink-soft" aria-live="off">
      <Timer className="size-4" aria-hidden />
      {t('deadline', { time: clock(secondsUntil(at, now)) })}
    </p>
  );
}
