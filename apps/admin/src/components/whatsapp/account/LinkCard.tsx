'use client';

import type { Account, AccountQr } from '@trunkline/contracts';
import { Hash, QrCode } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Card } from '@/components/ui/card';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs';
import { PairingPanel } from './PairingPanel';
import { QrPanel } from './QrPanel';
import { Verifying } from './Verifying';

interface LinkCardProps {
  account: Account;
  qr: AccountQr | null;
}

/** Linking: by a QR that the phone scans, or by a code that is typed on it. */
export function LinkCard({ account, qr }: LinkCardProps) {
  const t = useTranslations('link');
  if (account.state.status === 'authenticating') return <Verifying />;
  return (
    <Card className="p-5" aria-label={t('label')}>
      <Tabs defaultValue="qr">
        <TabsList aria-label={t('label')}>
          <TabsTrigger value="qr">
            <QrCode aria-hidden />
            {t('byQr')}
          </TabsTrigger>
          <TabsTrigger value="number">
            <Hash aria-hidden />
            {t('byNumber')}
          </TabsTrigger>
        </TabsList>
        <TabsContent value="qr">
          <QrPanel account={account} qr={qr} />
        </TabsContent>
        <TabsContent value="number">
          <PairingPanel account={account} />
        </TabsContent>
      </Tabs>
    </Card>
  );
}
