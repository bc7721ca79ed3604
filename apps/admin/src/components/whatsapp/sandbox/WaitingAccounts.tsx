'use client';

import type { Account } from '@trunkline/contracts';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { Card } from '@/components/ui/card';
import { useWhatsAppWebSocket } from '@/lib/hooks/useWhatsAppWebSocket';
import { useAllAccounts } from '@/lib/hooks/useAllAccounts';
import { paths } from '@/lib/navigation';
import { SandboxScan } from '../account/SandboxScan';

/** Accounts that show a QR now: any phone of the sandbox can scan it from here. */
export function WaitingAccounts() {
  const waiting = (useAllAccounts() ?? []).filter(
    ({ network, state }) => network === 'sandbox' && state.status === 'warming',
  );
  if (waiting.length === 0) return null;
  return (
    <div className="mb-6 grid gap-3 md:grid-cols-2">
      {waiting.map((account) => (
        <Waiting key={account.id} account={account} />
      ))}
    </div>
  );
}

function Waiting({ account }: { account: Account }) {
  const t = useTranslations('sandbox');
  const { qr } = useWhatsAppWebSocket(account.id);
  return (
    <Card className="p-4">
      <p className="mb-3">
        <Link href={paths.account(account.id)} className="rounded-sm font-medium underline-offset-4 hover:underline">
          {account.name}
        </Link>{' '}
        <span className="text-ink-soft">{t(qr ? 'showsQr' : 'getsQr')}</span>
      </p>
      <SandboxScan account={account} qr={qr} />
    </Card>
  );
}
