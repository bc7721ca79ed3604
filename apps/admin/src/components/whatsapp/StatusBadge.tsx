'use client';

import type { AccountStatus, Connection } from '@trunkline/contracts';
import { useTranslations } from 'use-intl';
import { Badge } from '@/components/ui/badge';
import { cn } from '@/lib/cn';
import { Dot } from './Dot';
import { CONNECTION_TONES, STATUS_LOOKS } from './status';

export function StatusBadge({ status }: { status: AccountStatus }) {
  const t = useTranslations('status');
  const { tone, icon: Icon } = STATUS_LOOKS[status];
  return (
    <Badge tone={tone} data-status={status}>
      <Icon aria-hidden className={cn(status === 'authenticating' && 'animate-spin')} />
      {t(`${status}.title`)}
    </Badge>
  );
}

/** The line to WhatsApp: the dot is green only when it is up and verified. */
export function ConnectionDot({ connection, quiet }: { connection: Connection; quiet?: boolean }) {
  const t = useTranslations('connection');
  return (
    <span className="inline-flex items-center gap-2 text-[0.8125rem] text-ink-soft" data-connection={connection}>
      <Dot tone={CONNECTION_TONES[connection]} />
      <span className={cn(quiet && 'sr-only')}>{t(connection)}</span>
    </span>
  );
}

export function NetworkBadge({ network }: { network: 'whatsapp' | 'sandbox' }) {
  const t = useTranslations('network');
  return network === 'sandbox' ? <Badge>{t('sandbox')}</Badge> : null;
}
