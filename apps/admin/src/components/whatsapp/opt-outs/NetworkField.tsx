'use client';

import type { Network } from '@trunkline/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { systemQuery } from '@/lib/queries/system';

/** Which network a number is of; not asked where there is one. */
export function NetworkField({ value, onChange }: { value: Network; onChange: (network: Network) => void }) {
  const t = useTranslations('optOuts');
  const names = useTranslations('network');
  const system = useQuery(systemQuery);
  if (!system.data?.networks.sandbox) return null;
  return (
    <Field label={t('network')}>
      {(control) => (
        <Select
          {...control}
          value={value}
          onValueChange={(chosen) => onChange(chosen as Network)}
          options={(['whatsapp', 'sandbox'] as const).map((each) => ({ value: each, label: names(each) }))}
        />
      )}
    </Field>
  );
}
