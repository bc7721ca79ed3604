'use client';

import { useState, type FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { digitsOf } from '@/lib/format/phone';
import type { AttachFormProps } from './AttachMenu';
import { FormEnd } from './FormEnd';

export function ContactForm({ onSend }: AttachFormProps) {
  const t = useTranslations('attach');
  const [card, setCard] = useState({ name: '', phone: '', organisation: '' });
  const [tried, setTried] = useState(false);
  const [name, organisation] = [card.name.trim(), card.organisation.trim()];
  const noNumber = digitsOf(card.phone).length < 3;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!name || noNumber) return setTried(true);
    const contact = { name, phones: [card.phone.trim()], ...(organisation && { organisation }) };
    onSend({ kind: 'contacts', contacts: [contact] });
  };
  const change = (part: Partial<typeof card>) => setCard((held) => ({ ...held, ...part }));
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <Field label={t('contactName')} error={tried && !name ? t('contactNameWrong') : null}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            maxLength={200}
            value={card.name}
            onChange={(event) => change({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('contactPhone')} error={tried && noNumber ? t('contactPhoneWrong') : null}>
        {(control) => (
          <Input
            {...control}
            type="tel"
            dir="ltr"
            maxLength={60}
            value={card.phone}
            onChange={(event) => change({ phone: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('organisation')}>
        {(control) => (
          <Input
            {...control}
            maxLength={200}
            value={card.organisation}
            onChange={(event) => change({ organisation: event.target.value })}
          />
        )}
      </Field>
      <FormEnd />
    </form>
  );
}
