'use client';

import { NETWORKS, type Network } from '@trunkline/contracts';
import { FlaskConical, Smartphone } from 'lucide-react';
import { RadioGroup } from 'radix-ui';
import { useId } from 'react';
import { useTranslations } from 'use-intl';

const icons = { whatsapp: Smartphone, sandbox: FlaskConical };

interface NetworkChoiceProps {
  value: Network;
  onChange: (network: Network) => void;
  /** Which of them this installation runs; undefined while that is not known. */
  runs: Record<Network, boolean> | undefined;
}

export function NetworkChoice({ value, onChange, runs }: NetworkChoiceProps) {
  const t = useTranslations('createAccount');
  const label = useId();
  return (
    <div className="grid gap-1.5">
      <span id={label} className="text-[0.8125rem] font-medium">
        {t('network')}
      </span>
      <RadioGroup.Root
        aria-labelledby={label}
        value={value}
        onValueChange={(chosen) => onChange(chosen as Network)}
        className="grid gap-2"
      >
        {NETWORKS.map((network) => (
          <Choice key={network} network={network} off={runs !== undefined && !runs[network]} />
        ))}
      </RadioGroup.Root>
    </div>
  );
}

function Choice({ network, off }: { network: Network; off: boolean }) {
  const t = useTranslations();
  const Icon = icons[network];
  return (
    <RadioGroup.Item
      value={network}
      disabled={off}
      className="flex items-start gap-3 rounded-xl border p-3 text-start transition-colors hover:bg-sunken disabled:opacity-55 data-[state=checked]:border-accent data-[state=checked]:bg-accent-wash"
    >
      <Icon className="mt-0.5 size-5 shrink-0 text-accent" aria-hidden />
      <span>
        <span className="block font-medium">{t(`network.${network}`)}</span>
        <span className="block text-[0.8125rem] text-ink-soft">
          {off ? t(`createAccount.off.${network}`) : t(`createAccount.about.${network}`)}
        </span>
      </span>
    </RadioGroup.Item>
  );
}
