'use client';

import { ArrowLeft } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Switch } from '@/components/ui/switch';
import { people, phones } from '@/lib/api/sandbox';
import { PhoneNumber } from '../PhoneNumber';
import { PersonControls } from './PersonControls';
import { PhoneControls } from './PhoneControls';
import { Exchange } from './Exchange';
import { useSandboxAct } from './useSandboxAct';
import type { Who } from './who';
import { LooksForm } from './LooksForm';
import { WhoPicture } from './WhoPicture';
import { WriteAs } from './WriteAs';

interface WhoPanelProps {
  who: Who;
  everybody: Who[];
  onClose: () => void;
}

export function WhoPanel({ who, everybody, onClose }: WhoPanelProps) {
  const t = useTranslations('sandbox');
  return (
    <Card className="min-w-0">
      <div className="flex flex-wrap items-center gap-3 border-b p-4">
        <Button variant="ghost" size="icon" className="md:hidden" aria-label={t('back')} onClick={onClose}>
          <ArrowLeft className="rtl:-scale-x-100" />
        </Button>
        <WhoPicture who={who} className="size-10" />
        <div className="min-w-0 flex-1">
          <h2 className="truncate text-base font-semibold tracking-tight">{who.name}</h2>
          <PhoneNumber value={who.number} className="text-[0.8125rem] text-ink-soft" />
        </div>
        <OnlineSwitch who={who} />
      </div>
      <div className="border-b p-4">
        {who.kind === 'phone' ? <PhoneControls phone={who.phone} /> : <PersonControls person={who.person} />}
      </div>
      <div className="border-b p-4">
        <LooksForm who={who} />
      </div>
      <Exchange who={who} everybody={everybody} />
      <WriteAs who={who} everybody={everybody} />
    </Card>
  );
}

function OnlineSwitch({ who }: { who: Who }) {
  const t = useTranslations('sandbox');
  const turn = useSandboxAct((online: boolean): Promise<unknown> =>
    who.kind === 'phone' ? phones.change(who.number, { online }) : people.change(who.number, { online }),
  );
  return (
    <label className="flex items-center gap-2 text-[0.8125rem]">
      {t(who.online ? 'online' : 'offline')}
      <Switch
        aria-label={t('online')}
        checked={who.online}
        disabled={turn.isPending}
        onCheckedChange={(online) => turn.mutate(online)}
      />
    </label>
  );
}
