'use client';

import type { Network } from '@trunkline/contracts';
import { AsYouType } from 'libphonenumber-js/min';
import type { ChangeEvent } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { formatPhone } from '@/lib/format/phone';

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
    onChange(atEnd && growing ? asTyped(target.value, network) : target.value);
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

function asTyped(text: string, network: Network): string {
  const wanted = /^\s*[1-9]/.test(text) ? `+${text.trim()}` : text;
  if (network === 'sandbox') return /^\+999\d{4,}$/.test(wanted.replace(/\s/g, '')) ? formatPhone(wanted.replace(/\s/g, '')) : wanted;
  return new AsYouType().input(wanted);
}

function useCountry(value: string): string | null {
  const locale = useLocale();
  const reader = new AsYouType();
  reader.input(value.startsWith('+') ? value : `+${value}`);
  const country = reader.getCountry();
  return country ? (new Intl.DisplayNames([locale], { type: 'region' }).of(country) ?? null) : null;
}
