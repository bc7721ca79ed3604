'use client';

import type { Account, Messaging } from '@trunkline/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { readMessaging } from '@/lib/queries/account';
import { SettingsCard } from '../SettingsCard';
import { MessagingForm } from './MessagingForm';

/** How the account behaves towards people: read marks, calls, how long what they said is kept. */
export function MessagingCard({ account }: { account: Account }) {
  const query = useQuery(readMessaging(account.id));
  return (
    <SettingsCard
      texts="messaging"
      query={query}
      form={(messaging, done) => <MessagingForm accountId={account.id} messaging={messaging} done={done} />}
    >
      {(messaging) => <MessagingView messaging={messaging} />}
    </SettingsCard>
  );
}

function MessagingView({
  messaging: { readReceipts, linkPreviews, simulateTyping, calls, callReply, keepDays },
}: {
  messaging: Messaging;
}) {
  const t = useTranslations('messaging');
  return (
    <dl className="grid gap-2.5 text-[0.8125rem]">
      <Line name={t('marks')}>{t(`reads.${readReceipts ? 'yes' : 'no'}`)}</Line>
      <Line name={t('previews')}>{t(`reads.${linkPreviews ? 'yes' : 'no'}`)}</Line>
      <Line name={t('typing')}>{t(`reads.${simulateTyping ? 'yes' : 'no'}`)}</Line>
      <Line name={t('calls')}>{t(`callsAre.${calls}`)}</Line>
      {calls === 'reject' && callReply !== null && (
        <Line name={t('reply')}>
          <span dir="auto" className="line-clamp-3 break-words">
            {callReply}
          </span>
        </Line>
      )}
      <Line name={t('kept')}>{t('keptFor', { days: keepDays ?? 0 })}</Line>
    </dl>
  );
}

const Line = ({ name, children }: { name: string; children: React.ReactNode }) => (
  <div className="flex justify-between gap-4">
    <dt className="shrink-0 text-ink-soft">{name}</dt>
    <dd className="min-w-0 text-end">{children}</dd>
  </div>
);
