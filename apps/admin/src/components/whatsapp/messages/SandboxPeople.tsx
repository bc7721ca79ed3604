'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { peopleQuery } from '@/lib/queries/sandbox';

/** Whom one can write to on the sandbox, at a click. */
export function SandboxPeople({ onChoose }: { onChoose: (number: string) => void }) {
  const t = useTranslations('newChat');
  const { data: people = [] } = useQuery(peopleQuery);
  if (people.length === 0) return null;
  return (
    <div className="grid gap-1.5">
      <p className="text-[0.8125rem] font-medium">{t('people')}</p>
      <div className="flex max-h-40 flex-wrap gap-1.5 overflow-y-auto">
        {people.map(({ number, name }) => (
          <Button key={number} size="small" onClick={() => onChoose(number)}>
            {name}
          </Button>
        ))}
      </div>
    </div>
  );
}
