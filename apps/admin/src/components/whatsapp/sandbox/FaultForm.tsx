'use client';

import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { faults } from '@/lib/api/sandbox';
import { formatPhone } from '@/lib/format/phone';
import { phonesQuery } from '@/lib/queries/sandbox';
import {
  effectOf,
  FAULT_FIELDS,
  FAULT_KINDS,
  FAULT_PHASES,
  initialValues,
  type FaultField,
  type FaultKind,
} from './fault-fields';
import { useSandboxAct } from './useSandboxAct';

const ANY = 'any';

interface Draft {
  kind: FaultKind;
  values: Record<string, string>;
  account: string;
  phase: string;
  percent: string;
  count: string;
}
const first: Draft = {
  kind: 'close',
  values: initialValues('close'),
  account: ANY,
  phase: ANY,
  percent: '100',
  count: '1',
};

export function FaultForm() {
  const t = useTranslations('sandbox.fault');
  const { data: phones = [] } = useQuery(phonesQuery);
  const [draft, setDraft] = useState(first);
  const change = (changes: Partial<Draft>) => setDraft({ ...draft, ...changes });
  const set = useSandboxAct(faults.set, { done: t('done') });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    set.mutate(inputOf(draft));
  };
  return (
    <form onSubmit={submit} className="grid gap-4 sm:grid-cols-2">
      <Field label={t('what')} hint={t(`kinds.${draft.kind}.about`)} className="sm:col-span-2">
        {(control) => (
          <Select
            {...control}
            value={draft.kind}
            onValueChange={(kind) => change({ kind: kind as FaultKind, values: initialValues(kind as FaultKind) })}
            options={FAULT_KINDS.map((kind) => ({ value: kind, label: t(`kinds.${kind}.name`) }))}
          />
        )}
      </Field>
      {FAULT_FIELDS[draft.kind].map((field) => (
        <EffectField
          key={field.name}
          field={field}
          value={draft.values[field.name] ?? ''}
          onChange={(value) => change({ values: { ...draft.values, [field.name]: value } })}
        />
      ))}
      <Field label={t('whom')}>
        {(control) => (
          <Select
            {...control}
            value={draft.account}
            onValueChange={(account) => change({ account })}
            options={[
              { value: ANY, label: t('everybody') },
              ...phones.map(({ number, pushName }) => ({
                value: number,
                label: `${pushName} · ${formatPhone(number)}`,
              })),
            ]}
          />
        )}
      </Field>
      <Field label={t('when')}>
        {(control) => (
          <Select
            {...control}
            value={draft.phase}
            onValueChange={(phase) => change({ phase })}
            options={[
              { value: ANY, label: t('always') },
              ...FAULT_PHASES.map((phase) => ({ value: phase, label: t(`phases.${phase}`) })),
            ]}
          />
        )}
      </Field>
      <Field label={t('probability')}>
        {(control) => (
          <Input
            {...control}
            type="number"
            min={0}
            max={100}
            value={draft.percent}
            onChange={(event) => change({ percent: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('count')} hint={t('countHint')}>
        {(control) => (
          <Input
            {...control}
            type="number"
            min={1}
            value={draft.count}
            onChange={(event) => change({ count: event.target.value })}
          />
        )}
      </Field>
      <Button type="submit" variant="primary" className="justify-self-start sm:col-span-2" busy={set.isPending}>
        {t('submit')}
      </Button>
    </form>
  );
}

const inputOf = ({ kind, values, account, phase, percent, count }: Draft) => ({
  account,
  effect: effectOf(kind, values),
  probability: Number(percent) / 100,
  ...(phase !== ANY && { phase: phase as (typeof FAULT_PHASES)[number] }),
  ...(count !== '' && { count: Number(count) }),
});

interface EffectFieldProps {
  field: FaultField;
  value: string;
  onChange: (value: string) => void;
}

/** A select knows no empty value, so that one is called `none`. */
function EffectField({ field: { name, type }, value, onChange }: EffectFieldProps) {
  const t = useTranslations('sandbox.fault');
  return (
    <Field label={t(`fields.${name}`)}>
      {(control) =>
        typeof type === 'string' ? (
          <Input
            {...control}
            inputMode={type === 'number' ? 'numeric' : undefined}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        ) : (
          <Select
            {...control}
            value={value || 'none'}
            onValueChange={(chosen) => onChange(chosen === 'none' ? '' : chosen)}
            options={type.map((option) => ({ value: option || 'none', label: option || t('none') }))}
          />
        )
      }
    </Field>
  );
}
