'use client';

import type { PairingCode } from '@trunkline/contracts';
import { RotateCw } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { CopyButton } from '@/components/shell/CopyButton';
import { Button } from '@/components/ui/button';
import { clock, secondsUntil } from '@/lib/format/duration';
import { useNow } from '@/lib/hooks/useNow';

interface PairingCodeViewProps {
  code: PairingCode;
  busy: boolean;
  onAgain: () => void;
}

/** Four letters, a dash, four letters: as the phone asks for them. */
export function PairingCodeView({ code: { code, expiresAt }, busy, onAgain }: PairingCodeViewProps) {
  const t = useTranslations('pairing');
  const left = secondsUntil(expiresAt, useNow());
  const spelled = `${code.slice(0, 4)}-${code.slice(4)}`;
  return (
    <div className="rounded-2xl border bg-sunken p-5 text-center">
      <p className="text-[0.8125rem] text-ink-soft">{t('yourCode')}</p>
      <p dir="ltr" data-testid="pairing-code" className="my-2 font-mono text-3xl font-semibold tracking-widest">
        {spelled}
      </p>
      <p className="tabular text-[0.8125rem] text-ink-soft">
        {left > 0 ? t('validFor', { time: clock(left) }) : t('expired')}
      </p>
      <div className="mt-4 flex justify-center gap-2">
        <CopyButton text={spelled} />
        <Button size="small" busy={busy} onClick={onAgain}>
          <RotateCw aria-hidden />
          {t('again')}
        </Button>
      </div>
    </div>
  );
}
