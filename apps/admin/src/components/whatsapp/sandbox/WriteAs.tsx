'use client';

import { useQuery } from '@tanstack/react-query';
import { SendHorizontal } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { people } from '@/lib/api/sandbox';
import type { Write } from '@/lib/api/sandbox-types';
import { sandboxGroupsQuery } from '@/lib/queries/sandbox';
import { useSandboxAct } from './useSandboxAct';
import type { Who } from './who';

/** Writes as this person, to a phone, which the accounts linked to it receive, or to a group or another person. */
export function WriteAs({ who, everybody }: { who: Who; everybody: Who[] }) {
  const t = useTranslations('sandbox');
  const { data: groups = [] } = useQuery(sandboxGroupsQuery);
  const targets = [
    ...everybody
      .filter(({ number }) => number !== who.number)
      .map(({ number, name, kind }) => ({ value: number, label: t('target', { name, kind: t(`${kind}.one`) }) })),
    ...groups
      .filter(({ participants }) => participants.includes(who.number))
      .map(({ id, subject }) => ({ value: id, label: t('target', { name: subject, kind: t('groups.one') }) })),
  ];
  const [chosen, setChosen] = useState<string>();
  const [text, setText] = useState('');
  const to = chosen ?? targets[0]?.value;
  const write = useSandboxAct((body: Write) => people.write(who.number, body), { then: () => setText('') });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (to && text.trim()) write.mutate({ to, text: text.trim() });
  };
  if (targets.length === 0) return <p className="border-t p-4 text-ink-soft">{t('nobodyToWriteTo')}</p>;
  return (
    <form onSubmit={submit} className="flex flex-wrap gap-2 border-t p-3">
      <Select className="sm:w-52" aria-label={t('writeTo')} value={to} onValueChange={setChosen} options={targets} />
      <Input
        className="min-w-0 flex-1 basis-40"
        aria-label={t('writeAs', { name: who.name })}
        placeholder={t('writeAs', { name: who.name })}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button
        type="submit"
        variant="primary"
        size="icon"
        aria-label={t('write')}
        busy={write.isPending}
        disabled={!text.trim()}
      >
        {!write.isPending && <SendHorizontal className="rtl:-scale-x-100" />}
      </Button>
    </form>
  );
}
