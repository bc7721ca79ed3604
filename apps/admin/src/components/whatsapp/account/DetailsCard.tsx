'use client';

import type { Account } from '@trunkline/contracts';
import { Pencil } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { May } from '@/components/shell/May';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card, CardBody, CardHeader, CardTitle } from '@/components/ui/card';
import { PhoneNumber } from '../PhoneNumber';
import { TimeAgo } from '../TimeAgo';
import { useAccountDialog } from './dialogs';

export function DetailsCard({ account }: { account: Account }) {
  const t = useTranslations('details');
  const network = useTranslations('network');
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t('title')}</CardTitle>
      </CardHeader>
      <CardBody>
        <dl className="grid gap-3">
          <Row name={t('number')}>
            <Number account={account} />
          </Row>
          <Row name={t('pushName')}>{account.pushName ?? <None />}</Row>
          <Row name={t('network')}>{network(account.network)}</Row>
          <When name={t('linked')} value={account.linkedAt} />
          <When name={t('lastConnected')} value={account.lastConnectedAt} />
          <When name={t('lastDisconnected')} value={account.lastDisconnectedAt} />
          <When name={t('created')} value={account.createdAt} />
        </dl>
      </CardBody>
    </Card>
  );
}

function Number({ account: { phoneNumber, phoneNumberSource } }: { account: Account }) {
  const t = useTranslations('details');
  const open = useAccountDialog();
  return (
    <span className="flex flex-wrap items-center justify-end gap-x-1.5 gap-y-1">
      {phoneNumber ? <PhoneNumber value={phoneNumber} /> : <None />}
      {phoneNumberSource === 'manual' && <Badge tone="warn">{t('byHand')}</Badge>}
      <May least="operator">
        <Button
          variant="ghost"
          size="icon-small"
          className="-my-2 -me-2 size-7"
          aria-label={t('editNumber')}
          onClick={() => open('phone')}
        >
          <Pencil className="!size-3.5" />
        </Button>
      </May>
    </span>
  );
}

const None = () => <span className="text-ink-soft">–</span>;

const When = ({ name, value }: { name: string; value: string | null }) => (
  <Row name={name}>{value ? <TimeAgo value={value} /> : <None />}</Row>
);

const Row = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="flex items-baseline justify-between gap-4">
    <dt className="shrink-0 text-ink-soft">{name}</dt>
    <dd className="min-w-0 break-words text-end">{children}</dd>
  </div>
);
