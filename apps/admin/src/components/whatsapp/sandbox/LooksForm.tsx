'use client';

import { useState, type FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { people, phones } from '@/lib/api/sandbox';
import { PicturePicker } from './PicturePicker';
import { useSandboxAct } from './useSandboxAct';
import type { Who } from './who';

/** What others see of a person or a phone: name, about and picture, changed as on their phone. */
export function LooksForm({ who }: { who: Who }) {
  const t = useTranslations('sandbox');
  const common = useTranslations('common');
  const [name, setName] = useState<string | null>(null);
  const [about, setAbout] = useState<string | null>(null);
  const change = useSandboxAct(
    (looks: { name: string; about: string }): Promise<unknown> =>
      who.kind === 'phone'
        ? phones.change(who.number, { pushName: looks.name, about: looks.about })
        : people.change(who.number, looks),
    {
      done: t('profile.done'),
      then: () => {
        setName(null);
        setAbout(null);
      },
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ name: (name ?? who.name).trim() || who.name, about: (about ?? who.about).trim() });
  };
  return (
    <form onSubmit={submit} className="grid gap-3">
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label={t('profile.name')}>
          {(control) => (
            <Input
              {...control}
              dir="auto"
              required
              maxLength={100}
              value={name ?? who.name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('profile.about')}>
          {(control) => (
            <Input
              {...control}
              dir="auto"
              maxLength={139}
              value={about ?? who.about}
              onChange={(event) => setAbout(event.target.value)}
            />
          )}
        </Field>
      </div>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <PicturePicker
          name={who.name}
          hasPicture={who.picture !== null}
          put={(jpeg) => people.setPicture(who.number, { jpeg })}
        />
        {(name !== null || about !== null) && (
          <Button type="submit" size="small" variant="primary" busy={change.isPending}>
            {common('save')}
          </Button>
        )}
      </div>
    </form>
  );
}
