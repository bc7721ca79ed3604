'use client';

import type { Governor } from '@trunkline/contracts';
import { useState, type FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Field } from '@/components/ui/field';
import { FormFooter } from '@/components/ui/form-footer';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { Switch } from '@/components/ui/switch';
import { type Choice, choiceOf, type Draft, draftOf, NUMBERS, settingsOf, withProfile } from './limits';
import { useLimits } from './useLimits';

interface LimitsFormProps {
  accountId: string;
  governor: Governor;
  done: () => void;
}

export function LimitsForm({ accountId, governor, done }: LimitsFormProps) {
  const t = useTranslations('limits');
  const common = useTranslations('common');
  const [draft, setDraft] = useState(() => draftOf(governor));
  const change = (values: Partial<Draft>) => setDraft((before) => ({ ...before, ...values }));
  const { save, busy, errors } = useLimits(accountId, done);
  const { defaults, bounds } = choiceOf(governor, draft.profile);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save({ profile: draft.profile, settings: settingsOf(draft) });
  };
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <ProfileField
        governor={governor}
        value={draft.profile}
        error={errors.profile}
        onChange={(profile) => change(withProfile(draft, governor, profile))}
      />
      <fieldset className="grid gap-4 sm:grid-cols-2">
        <legend className="sr-only">{t('numbers')}</legend>
        {NUMBERS.map((key) => (
          <Field key={key} label={t(key)} hint={t('most', { most: bounds[key] })} error={errors[`settings.${key}`]}>
            {(control) => (
              <Input
                {...control}
                type="number"
                inputMode="decimal"
                min={0}
                step="any"
                placeholder={String(defaults[key])}
                value={draft[key]}
                onChange={(event) => change({ [key]: event.target.value })}
              />
            )}
          </Field>
        ))}
      </fieldset>
      <QuietFields draft={draft} errors={errors} onChange={change} />
      <FormFooter busy={busy} error={errors.form}>
        {common('save')}
      </FormFooter>
    </form>
  );
}

interface ProfileFieldProps extends Pick<LimitsFormProps, 'governor'> {
  value: Choice['profile'];
  error: string | undefined;
  onChange: (profile: Choice['profile']) => void;
}

function ProfileField({ governor, value, error, onChange }: ProfileFieldProps) {
  const t = useTranslations('limits');
  const profiles = useTranslations('budget.profile');
  return (
    <Field label={t('profile')} hint={t('age', { days: governor.ageDays })} error={error}>
      {(control) => (
        <Select
          {...control}
          value={value}
          onValueChange={(chosen) => onChange(chosen as Choice['profile'])}
          options={governor.choices.map(({ profile }) => ({
            value: profile,
            label: profile === 'auto' ? t('auto') : profiles(profile),
          }))}
        />
      )}
    </Field>
  );
}

interface QuietFieldsProps {
  draft: Draft;
  errors: Record<string, string | undefined>;
  onChange: (values: Partial<Draft>) => void;
}

function QuietFields({ draft, errors, onChange }: QuietFieldsProps) {
  const t = useTranslations('limits');
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <div className="flex items-center justify-between gap-3 sm:col-span-2">
        <label htmlFor="quiet-hours" className="text-[0.8125rem] font-medium">
          {t('quietHours')}
        </label>
        <Switch id="quiet-hours" checked={draft.quiet} onCheckedChange={(quiet) => onChange({ quiet })} />
      </div>
      {draft.quiet && (
        <>
          <Field label={t('from')} error={errors['settings.quietHours']}>
            {(control) => (
              <Input {...control} type="time" value={draft.from} onChange={(e) => onChange({ from: e.target.value })} />
            )}
          </Field>
          <Field label={t('to')}>
            {(control) => (
              <Input {...control} type="time" value={draft.to} onChange={(e) => onChange({ to: e.target.value })} />
            )}
          </Field>
        </>
      )}
      <Field label={t('timeZone')} hint={t('timeZoneHint')} error={errors['settings.timeZone']}>
        {(control) => (
          <Input
            {...control}
            list="time-zones"
            autoComplete="off"
            placeholder="UTC"
            value={draft.timeZone}
            onChange={(event) => onChange({ timeZone: event.target.value })}
          />
        )}
      </Field>
      <datalist id="time-zones">
        {Intl.supportedValuesOf('timeZone').map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <Field label={t('numberSince')} hint={t('numberSinceHint')} error={errors['settings.numberSince']}>
        {(control) => (
          <Input
            {...control}
            type="date"
            value={draft.numberSince}
            onChange={(event) => onChange({ numberSince: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}
