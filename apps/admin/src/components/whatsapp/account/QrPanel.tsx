'use client';

import type { Account, AccountQr } from '@trunkline/contracts';
import { QrCode } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { LinkSteps } from './LinkSteps';
import { QrImage, QrPlaceholder } from './QrImage';
import { QrCountdown } from './QrCountdown';
import { SandboxScan } from './SandboxScan';
import { useAsk } from './useAsk';

interface QrPanelProps {
  account: Account;
  qr: AccountQr | null;
}

export function QrPanel({ account, qr }: QrPanelProps) {
  const ask = useAsk(account);
  const linking = account.state.status === 'warming';
  return (
    <div className="grid items-start gap-6 sm:grid-cols-[16.5rem_minmax(0,1fr)]">
      <div className="mx-auto w-full max-w-66">
        {qr ? (
          <>
            <QrImage text={qr.text} />
            <QrCountdown qr={qr} key={qr.text} />
          </>
        ) : (
          <QrPlaceholder waiting={linking}>
            {!linking && (
              <ShowQr
                first={account.state.userAction === null}
                busy={ask.isPending}
                onClick={() => ask.mutate('initialize')}
              />
            )}
          </QrPlaceholder>
        )}
      </div>
      <div className="grid gap-5">
        <LinkSteps steps={['open', 'devices', 'scan']} />
        {account.network === 'sandbox' && linking && <SandboxScan account={account} qr={qr} />}
      </div>
    </div>
  );
}

interface ShowQrProps {
  /** Nothing else on the page asks for the same. */
  first: boolean;
  busy: boolean;
  onClick: () => void;
}

function ShowQr({ first, busy, onClick }: ShowQrProps) {
  const t = useTranslations('link');
  return (
    <Button variant={first ? 'primary' : 'secondary'} busy={busy} onClick={onClick}>
      <QrCode aria-hidden />
      {t('showQr')}
    </Button>
  );
}
