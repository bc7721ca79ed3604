'use client';

import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, SearchX } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { May } from '@/components/shell/May';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { ApiError } from '@/lib/api/error';
import { useWhatsAppWebSocket } from '@/lib/hooks/useWhatsAppWebSocket';
import { paths } from '@/lib/navigation';
import { readAccount } from '@/lib/queries/account';
import { QueryFailed } from '../QueryFailed';
import { AccountHeader } from './AccountHeader';
import { AccountSkeleton } from './AccountSkeleton';
import { BudgetCard } from './budget/BudgetCard';
import { DetailsCard } from './DetailsCard';
import { AccountDialogs } from './dialogs';
import { GenerationsCard } from './GenerationsCard';
import { HistoryProgress } from './HistoryProgress';
import { LinkCard } from './LinkCard';
import { needsLink } from './needs-link';
import { MessagingCard } from './messaging/MessagingCard';
import { NotesCard } from './NotesCard';
import { ProfileCard } from './profile/ProfileCard';
import { ProxyCard } from './ProxyCard';
import { WriteToPerson } from './WriteToPerson';
import { QueueLine } from '../QueueLine';
import { StatusCard } from './StatusCard';
import { TimelineCard } from './TimelineCard';

export function AccountPage({ id }: { id: string }) {
  const t = useTranslations('account');
  const query = useQuery(readAccount(id));
  const { qr, error } = useWhatsAppWebSocket(id);
  const account = query.data;
  const gone = query.error instanceof ApiError && query.error.status !== null && query.error.status < 500;
  return (
    <div className="mx-auto w-full max-w-6xl px-4 py-5 md:px-8 md:py-6">
      <Button variant="link" asChild className="mb-4 text-ink-soft">
        <Link href={paths.accounts}>
          <ArrowLeft className="rtl:-scale-x-100" aria-hidden />
          {t('back')}
        </Link>
      </Button>
      {query.isPending && <AccountSkeleton />}
      {query.isError && gone && <AccountGone />}
      {query.isError && !gone && !account && <QueryFailed error={query.error} onRetry={() => void query.refetch()} />}
      {account && !(query.isError && gone) && (
        <AccountDialogs account={account} key={account.id}>
          <AccountHeader account={account} />
          <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
            <div className="grid gap-4">
              <StatusCard account={account} error={error} />
              <HistoryProgress accountId={account.id} />
              <QueueLine accountId={account.id} />
              {needsLink(account) && (
                <May least="operator">
                  <LinkCard account={account} qr={qr} />
                </May>
              )}
              {account.network === 'sandbox' && account.state.status === 'active' && (
                <May least="operator">
                  <WriteToPerson account={account} />
                </May>
              )}
              {account.state.status === 'active' && <BudgetCard account={account} />}
              <TimelineCard account={account} />
            </div>
            <div className="grid gap-4">
              <ProfileCard account={account} />
              <DetailsCard account={account} />
              <MessagingCard account={account} />
              <ProxyCard account={account} />
              <NotesCard account={account} />
              <GenerationsCard account={account} />
            </div>
          </div>
        </AccountDialogs>
      )}
    </div>
  );
}

function AccountGone() {
  const t = useTranslations('account');
  return (
    <EmptyState
      icon={SearchX}
      heading="h1"
      title={t('gone')}
      actions={
        <Button asChild>
          <Link href={paths.accounts}>{t('back')}</Link>
        </Button>
      }
    >
      {t('goneHint')}
    </EmptyState>
  );
}
