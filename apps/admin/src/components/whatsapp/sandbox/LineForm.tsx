'use client';

import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { link } from '@/lib/api/sandbox';
import { linkQuery } from '@/lib/queries/sandbox';
import { useSandboxAct } from './useSandboxAct';

const names = ['latencyMs', 'jitterMs'] as const;

/** How slow the whole network is. */
export function LineForm() {
  const t = useTranslations('sandbox.line');
  const { data } = useQuery(linkQuery);
  const [draft, setDraft] = useState<Partial<Record<(typeof names)[number], string>>>({});
  const set = useSandboxAct(link.set, { done: t('done'), then: () => setDraft({}) });
  const value = (name: (typeof names)[number]) => draft[name] ?? String(data?.[name] ?? '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    set.mutate({ latencyMs: Number(value('latencyMs')), jitterMs: Number(value('jitterMs')) });
  };
  return (
    <form onSubmit={submit} className="grid grid-cols-2 gap-4">
      {names.map((name) => (
        <Field key={name} label={t(name)}>
          {(control) => (
            <Input
              {...control}
              type="number"
              min={0}
              max={60_000}
              disabled={!data}
              value={value(name)}
              onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <Button
        type="submit"
        className="justify-self-start"
        busy={set.isPending}
        disabled={!data || Object.keys(draft).length === 0}
      >
        {t('submit')}
      </Button>
    </form>
  );
}
