'use client';

import type { Network } from '@trunkline/contracts';
import type { ChangeEvent } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { asTyped, countryOf } from '@/lib/format/phone';
import { usePhoneLibrary } from '@/lib/hooks/usePhoneLibrary';

interface PhoneFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  network: Network;
  error?: string | null;
  autoFocus?: boolean;
}

/** Groups the digits as they are typed and names the country they belong to. The server decides what is valid. */
export function PhoneField({ label, value, onChange, network, error, autoFocus }: PhoneFieldProps) {
  const t = useTranslations('phoneField');
  const country = useCountry(value);
  const change = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const atEnd = target.selectionStart === target.value.length;
    const growing = target.value.length > value.length;
    // Grouping while somebody edits in the middle would move the caret away from them.
    onChange(atEnd && growing ? asTyped(target.value) : target.value);
  };
  const hint = country ?? t(network === 'sandbox' ? 'sandboxHint' : 'hint');
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <Input
          {...control}
          type="tel"
          inputMode="tel"
          autoComplete="tel"
          dir="ltr"
          className="text-start"
          autoFocus={autoFocus}
          placeholder={network === 'sandbox' ? '+999 …' : '+62 812 3456 7890'}
          value={value}
          onChange={change}
        />
      )}
    </Field>
  );
}

function useCountry(value: string): string | null {
  const locale = useLocale();
  usePhoneLibrary();
  const country = countryOf(value);
  return country ? (new Intl.DisplayNames([locale], { type: 'region' }).of(country) ?? null) : null;
}
