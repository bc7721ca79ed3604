'use client';

import { REASONS, type Account, type UserAction } from '@trunkline/contracts';
import { useTranslations } from 'use-intl';
import { Card } from '@/components/ui/card';
import type { Tone } from '@/components/ui/badge';
import { cn } from '@/lib/cn';
import { STATUS_LOOKS } from '../status';
import { TimeAgo } from '../TimeAgo';
import { ActionButton } from './ActionButton';
import { NumberQuestion } from './NumberQuestion';
import { WhatIsDone } from './WhatIsDone';

const edges: Record<Tone, string> = {
  neutral: 'bg-sunken text-ink-soft',
  good: 'bg-good-wash text-good',
  note: 'bg-note-wash text-note',
  warn: 'bg-warn-wash text-warn',
  bad: 'bg-bad-wash text-bad',
};

interface StatusCardProps {
  account: Account;
  error: { message: string; action: UserAction | null } | null;
}

/** What the account is, why, what is being done about it, and what a person can do. */
export function StatusCard({ account, error }: StatusCardProps) {
  const t = useTranslations('status');
  const reason = useTranslations('reason');
  const { state, statusNote } = account;
  const { tone, icon: Icon } = STATUS_LOOKS[state.status];
  const action = error?.action ?? state.userAction;
  const reasonText = state.reason === 'none' ? null : reason(state.reason);
  // What heals by itself is told in our words, which say so; else the server's, which may name names.
  const healing = state.reason !== 'none' && REASONS[state.reason] === 'transient';
  const why = error?.message ?? (healing ? reasonText : (statusNote ?? reasonText));
  return (
    <Card aria-labelledby="status-title" className="flex gap-4 p-5">
      <span className={cn('grid size-11 shrink-0 place-items-center rounded-xl', edges[tone])}>
        <Icon className={cn('size-5.5', state.status === 'authenticating' && 'animate-spin')} aria-hidden />
      </span>
      <div className="min-w-0 flex-1" aria-live="polite">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <h2 id="status-title" className="text-base font-semibold tracking-tight">
            {t(`${state.status}.title`)}
          </h2>
          <span className="text-[0.8125rem] text-ink-soft">
            <TimeAgo value={state.since} />
          </span>
        </div>
        <p className="mt-1 text-pretty text-ink-soft">{t(`${state.status}.sentence`)}</p>
        {why && (
          <p
            className={cn(
              'mt-3 text-pretty rounded-lg px-3 py-2',
              error ? 'bg-bad-wash text-bad' : 'bg-sunken text-ink',
            )}
          >
            {why}
          </p>
        )}
        <WhatIsDone account={account} />
        {action && (
          <div className="mt-4">
            {action === 'confirm_number' && account.numberConflict ? (
              <NumberQuestion account={account} />
            ) : (
              <ActionButton account={account} action={action} />
            )}
          </div>
        )}
      </div>
    </Card>
  );
}
