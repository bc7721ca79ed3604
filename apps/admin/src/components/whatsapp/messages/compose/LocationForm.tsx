'use client';

import { useState, type FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { AttachFormProps } from './AttachMenu';
import { FormEnd } from './FormEnd';
import { readPoint } from './point';

export function LocationForm({ onSend }: AttachFormProps) {
  const t = useTranslations('attach');
  const [place, setPlace] = useState({ point: '', name: '', address: '' });
  const [wrong, setWrong] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const point = readPoint(place.point);
    if (!point) return setWrong(true);
    const [name, address] = [place.name.trim(), place.address.trim()];
    onSend({ kind: 'location', ...point, ...(name && { name }), ...(address && { address }) });
  };
  const change = (part: Partial<typeof place>) => setPlace((held) => ({ ...held, ...part }));
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <Field label={t('point')} hint={t('pointHint')} error={wrong ? t('pointWrong') : null}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            dir="ltr"
            placeholder="-6.2088, 106.8456"
            value={place.point}
            onChange={(event) => change({ point: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('placeName')}>
        {(control) => (
          <Input
            {...control}
            maxLength={1000}
            value={place.name}
            onChange={(event) => change({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('address')}>
        {(control) => (
          <Input
            {...control}
            maxLength={1000}
            value={place.address}
            onChange={(event) => change({ address: event.target.value })}
          />
        )}
      </Field>
      <FormEnd />
    </form>
  );
}
