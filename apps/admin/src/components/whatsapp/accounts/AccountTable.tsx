'use client';

import type { Account } from '@trunkline/contracts';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { Table, TableCell, TableHead, TableRow } from '@/components/ui/table';
import { cn } from '@/lib/cn';
import { paths } from '@/lib/navigation';
import { Avatar } from '../Avatar';
import { PhoneNumber } from '../PhoneNumber';
import { ConnectionDot, NetworkBadge, StatusBadge } from '../StatusBadge';
import { TimeAgo } from '../TimeAgo';

/** A table on a desk, a list on a phone: less important columns leave, none is squeezed. */
export function AccountTable({ accounts }: { accounts: Account[] }) {
  const t = useTranslations('accounts');
  return (
    <Table>
      <caption className="sr-only">{t('title')}</caption>
      <thead className="max-md:sr-only">
        <tr>
          <TableHead>{t('account')}</TableHead>
          <TableHead className="hidden md:table-cell">{t('number')}</TableHead>
          <TableHead className="hidden md:table-cell">{t('status')}</TableHead>
          <TableHead className="hidden md:table-cell">{t('line')}</TableHead>
          <TableHead className="hidden text-end lg:table-cell">{t('lastConnected')}</TableHead>
        </tr>
      </thead>
      <tbody>
        {accounts.map((account) => (
          <AccountRow key={account.id} account={account} />
        ))}
      </tbody>
    </Table>
  );
}

/** The name is the link; its area is the whole row. */
function AccountRow({ account }: { account: Account }) {
  const t = useTranslations('accounts');
  const { state } = account;
  return (
    <TableRow className="relative hover:bg-sunken/60">
      <TableCell className="max-w-0 md:max-w-72">
        <div className="flex items-center gap-3">
          <Avatar
            of={{ accountId: account.id }}
            name={account.name}
            className="size-9 self-start text-[0.8125rem] md:self-center"
          />
          <div className="min-w-0">
            <div className="flex items-center gap-2">
              <Link
                href={paths.account(account.id)}
                className="truncate rounded-sm font-medium after:absolute after:inset-0"
              >
                {account.name}
              </Link>
              <NetworkBadge network={account.network} />
            </div>
            <p className="truncate text-[0.8125rem] text-ink-soft md:hidden">
              {account.phoneNumber ? <PhoneNumber value={account.phoneNumber} /> : t('noNumber')}
            </p>
            <p className="mt-1.5 flex flex-wrap gap-x-3 gap-y-1 md:hidden">
              <StatusBadge status={state.status} />
              <ConnectionDot connection={state.connection} />
            </p>
            <p className="hidden truncate text-[0.8125rem] text-ink-soft md:block">
              {account.pushName ?? t('noPushName')}
            </p>
            <Why account={account} className="mt-1.5 md:hidden" />
          </div>
        </div>
      </TableCell>
      <TableCell className="hidden md:table-cell">
        {account.phoneNumber ? <PhoneNumber value={account.phoneNumber} /> : <span className="text-ink-soft">–</span>}
      </TableCell>
      <TableCell className="hidden max-w-64 md:table-cell">
        <StatusBadge status={state.status} />
        <Why account={account} className="mt-1" />
      </TableCell>
      <TableCell className="hidden md:table-cell">
        <ConnectionDot connection={state.connection} />
      </TableCell>
      <TableCell className="hidden whitespace-nowrap text-end text-[0.8125rem] text-ink-soft lg:table-cell">
        <LastConnected account={account} />
      </TableCell>
    </TableRow>
  );
}

/** What is wrong and what to do, of one that does not work. */
function Why({ account: { state, statusNote }, className }: { account: Account; className: string }) {
  if (state.status === 'active' || !statusNote) return null;
  return (
    <p title={statusNote} className={cn('line-clamp-2 text-pretty text-[0.8125rem] text-ink-soft', className)}>
      {statusNote}
    </p>
  );
}

function LastConnected({ account: { state, lastConnectedAt, lastSeenConnectedAt } }: { account: Account }) {
  const t = useTranslations('accounts');
  if (state.connection === 'connected') return t('now');
  const at = lastSeenConnectedAt ?? lastConnectedAt;
  return at ? <TimeAgo value={at} /> : t('never');
}
