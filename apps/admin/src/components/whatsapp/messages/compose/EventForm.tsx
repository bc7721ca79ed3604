'use client';

import { useState, type FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Textarea } from '@/components/ui/textarea';
import { timingOf } from '../outbox/timing';
import type { AttachFormProps } from './AttachMenu';
import { FormEnd } from './FormEnd';
import { serverNow } from '@/lib/live/server-time';

export function EventForm({ onSend }: AttachFormProps) {
  const t = useTranslations('attach');
  const [held, setHeld] = useState({ name: '', from: '', until: '', place: '', about: '' });
  const [tried, setTried] = useState(false);
  const [name, place, description] = [held.name.trim(), held.place.trim(), held.about.trim()];
  const times = timingOf(held.from, held.until, serverNow());
  const wrong = tried && 'wrong' in times ? times.wrong : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!name || 'wrong' in times) return setTried(true);
    onSend({
      kind: 'event',
      name,
      startsAt: times.notBefore!,
      endsAt: times.notAfter ?? null,
      cancelled: false,
      ...(place && { place }),
      ...(description && { description }),
    });
  };
  const field = (part: keyof typeof held) => ({
    value: held[part],
    onChange: ({ target }: { target: { value: string } }) => setHeld((before) => ({ ...before, [part]: target.value })),
  });
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <Field label={t('eventName')} error={tried && !name ? t('eventNameWrong') : null}>
        {(control) => <Input {...control} {...field('name')} autoFocus maxLength={100} dir="auto" />}
      </Field>
      <Field label={t('begins')} error={wrong === 'from' ? t('beginsWrong') : null}>
        {(control) => <Input {...control} {...field('from')} type="datetime-local" />}
      </Field>
      <Field label={t('ends')} error={wrong === 'until' ? t('endsWrong') : null}>
        {(control) => <Input {...control} {...field('until')} type="datetime-local" />}
      </Field>
      <Field label={t('place')}>
        {(control) => <Input {...control} {...field('place')} maxLength={1_000} dir="auto" />}
      </Field>
      <Field label={t('aboutEvent')}>
        {(control) => <Textarea {...control} {...field('about')} maxLength={2_048} dir="auto" rows={2} />}
      </Field>
      <FormEnd />
    </form>
  );
}
