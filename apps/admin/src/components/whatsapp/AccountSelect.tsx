'use client';

import { useTranslations } from 'use-intl';
import { Select } from '@/components/ui/select';
import { useAllAccounts } from '@/lib/hooks/useAllAccounts';

const ALL = 'all';

interface AccountSelectProps {
  value: string | undefined;
  onChange: (accountId: string | null) => void;
  className?: string;
}

/** Which account's things are shown. */
export function AccountSelect({ value, onChange, className }: AccountSelectProps) {
  const t = useTranslations('common');
  const accounts = useAllAccounts() ?? [];
  return (
    <Select
      className={className}
      aria-label={t('account')}
      value={value ?? ALL}
      onValueChange={(chosen) => onChange(chosen === ALL ? null : chosen)}
      options={[
        { value: ALL, label: t('allAccounts') },
        ...accounts.map(({ id, name }) => ({ value: id, label: name })),
      ]}
    />
  );
}
