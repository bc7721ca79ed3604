'use client';

import { Smartphone, Unlink } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { phones } from '@/lib/api/sandbox';
import type { Phone } from '@/lib/api/sandbox-types';
import { TimeAgo } from '../TimeAgo';
import { Counts } from './Counts';
import { useSandboxAct } from './useSandboxAct';

const BAN_SECONDS = 3600;

export function PhoneControls({ phone }: { phone: Phone }) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <div className="grid content-start gap-3">
        <Companions phone={phone} />
        <Ban phone={phone} />
      </div>
      <Counts counts={phone.counts} />
    </div>
  );
}

/** What is linked to the phone; each can be unlinked from here, as a person would on it. */
function Companions({ phone: { number, companions } }: { phone: Phone }) {
  const t = useTranslations('sandbox');
  const unlink = useSandboxAct((device: number) => phones.unlink(number, { device }), { done: t('unlinked') });
  if (companions.length === 0) return <p className="text-ink-soft">{t('noCompanions')}</p>;
  return (
    <ul className="grid gap-1.5">
      {companions.map(({ device, linkedAt }) => (
        <li key={device} className="flex items-center gap-2">
          <Smartphone className="size-4 text-ink-soft" aria-hidden />
          <span className="flex-1">
            {t('companion', { device })}{' '}
            <TimeAgo value={new Date(linkedAt).toISOString()} className="text-[0.8125rem] text-ink-soft" />
          </span>
          <Button size="small" busy={unlink.isPending} onClick={() => unlink.mutate(device)}>
            <Unlink aria-hidden />
            {t('unlink')}
          </Button>
        </li>
      ))}
    </ul>
  );
}

function Ban({ phone: { number, ban } }: { phone: Phone }) {
  const t = useTranslations('sandbox');
  const put = useSandboxAct((kind: 'temporary' | 'final') =>
    phones.ban(number, kind === 'final' ? { kind } : { kind, seconds: BAN_SECONDS }),
  );
  const lift = useSandboxAct(() => phones.liftBan(number));
  if (ban) {
    return (
      <p className="flex items-center gap-2">
        <Badge tone="bad">{t(`ban.${ban.kind}`)}</Badge>
        <Button size="small" busy={lift.isPending} onClick={() => lift.mutate(undefined)}>
          {t('ban.lift')}
        </Button>
      </p>
    );
  }
  return (
    <div className="flex flex-wrap gap-2">
      <Button size="small" busy={put.isPending} onClick={() => put.mutate('temporary')}>
        {t('ban.forAnHour')}
      </Button>
      <Button size="small" busy={put.isPending} onClick={() => put.mutate('final')}>
        {t('ban.forGood')}
      </Button>
    </div>
  );
}
