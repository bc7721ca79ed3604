'use client';

import { type Account, type AccountProfileChange, MOST_ABOUT, MOST_NAME } from '@trunkline/contracts';
import { useState, type FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Field } from '@/components/ui/field';
import { FormFooter } from '@/components/ui/form-footer';
import { Input } from '@/components/ui/input';
import { Textarea } from '@/components/ui/textarea';
import { useProfileChange } from './useProfileChange';

interface ProfileFormProps {
  account: Account;
  about: string;
  done: () => void;
}

/** Only what is another than it was goes to WhatsApp. */
export function ProfileForm({ account, about: aboutNow, done }: ProfileFormProps) {
  const t = useTranslations('profile');
  const common = useTranslations('common');
  const [name, setName] = useState(account.pushName ?? '');
  const [about, setAbout] = useState(aboutNow);
  const { save, busy, errors } = useProfileChange(account.id, done);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const change: AccountProfileChange = {
      ...(name.trim() !== (account.pushName ?? '') && { name: name.trim() }),
      ...(about.trim() !== aboutNow && { about: about.trim() }),
    };
    if (Object.keys(change).length === 0) return done();
    save(change);
  };
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <Field label={t('name')} hint={t('nameHint', { most: MOST_NAME })} error={errors.name}>
        {(control) => (
          <Input {...control} dir="auto" autoFocus value={name} onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
      <Field label={t('about')} hint={t('aboutHint', { left: MOST_ABOUT - [...about].length })} error={errors.about}>
        {(control) => (
          <Textarea {...control} dir="auto" value={about} onChange={(event) => setAbout(event.target.value)} />
        )}
      </Field>
      <FormFooter busy={busy} error={errors.form}>
        {common('save')}
      </FormFooter>
    </form>
  );
}
