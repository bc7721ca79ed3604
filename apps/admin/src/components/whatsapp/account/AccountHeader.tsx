'use client';

import type { Account } from '@trunkline/contracts';
import { MessagesSquare, Power, RotateCcw } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { May } from '@/components/shell/May';
import { Button } from '@/components/ui/button';
import { paths } from '@/lib/navigation';
import { Avatar } from '../Avatar';
import { PhoneNumber } from '../PhoneNumber';
import { ConnectionDot, NetworkBadge, StatusBadge } from '../StatusBadge';
import { AccountMenu } from './AccountMenu';
import { useAccountDialog } from './dialogs';
import { needsLink } from './needs-link';
import { useAsk } from './useAsk';

export const AccountHeader = ({ account }: { account: Account }) => (
  <div className="mb-5 flex flex-wrap items-start justify-between gap-4">
    <div className="flex min-w-0 items-center gap-4">
      <Avatar of={{ accountId: account.id }} name={account.name} className="size-12 max-sm:hidden" />
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="min-w-0 break-words text-xl font-semibold tracking-tight">{account.name}</h1>
          <NetworkBadge network={account.network} />
        </div>
        <div className="mt-1.5 flex flex-wrap items-center gap-x-4 gap-y-1">
          <StatusBadge status={account.state.status} />
          <ConnectionDot connection={account.state.connection} />
          {account.phoneNumber && <PhoneNumber value={account.phoneNumber} className="text-ink-soft" />}
        </div>
      </div>
    </div>
    <div className="flex flex-wrap items-center gap-2">
      <MainButtons account={account} />
      <May least="operator">
        <AccountMenu account={account} />
      </May>
    </div>
  </div>
);

/** What is done most in the state it is in; the rest is in the menu. */
function MainButtons({ account }: { account: Account }) {
  const t = useTranslations('account');
  const open = useAccountDialog();
  const ask = useAsk(account);
  const { status, userAction } = account.state;
  if (status === 'warming' || status === 'authenticating') {
    return (
      <May least="operator">
        <Button onClick={() => open('reset')}>
          <RotateCcw aria-hidden />
          {t('reset')}
        </Button>
      </May>
    );
  }
  if (status === 'active') {
    return (
      <>
        <May least="operator">
          <Button busy={ask.isPending} onClick={() => ask.mutate('disconnect')}>
            <Power aria-hidden />
            {t('disconnect')}
          </Button>
        </May>
        <Button variant="primary" asChild>
          <Link href={`${paths.messages}?account=${account.id}`}>
            <MessagesSquare aria-hidden />
            {t('openMessages')}
          </Link>
        </Button>
      </>
    );
  }
  // What mends it stands with its reason.
  if (status === 'inactive' && userAction === null && !needsLink(account)) {
    return (
      <May least="operator">
        <Button variant="primary" busy={ask.isPending} onClick={() => ask.mutate('initialize')}>
          <Power aria-hidden />
          {t('connect')}
        </Button>
      </May>
    );
  }
  return null;
}
