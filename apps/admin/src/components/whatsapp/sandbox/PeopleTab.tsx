'use client';

import { useQuery } from '@tanstack/react-query';
import { UserRound } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Skeleton } from '@/components/ui/skeleton';
import { cn } from '@/lib/cn';
import { useUrlState } from '@/lib/hooks/useUrlState';
import { peopleQuery, phonesQuery } from '@/lib/queries/sandbox';
import { QueryFailed } from '../QueryFailed';
import { WhoList } from './WhoList';
import { WhoPanel } from './WhoPanel';
import { ofPerson, ofPhone } from './who';

/** Everybody beside whoever is chosen; on a phone one of the two. */
export function PeopleTab() {
  const t = useTranslations('sandbox');
  const { get, set } = useUrlState();
  const phones = useQuery(phonesQuery);
  const people = useQuery(peopleQuery);
  const failed = phones.error ?? people.error;
  if (failed && !(phones.data && people.data))
    return <QueryFailed error={failed} onRetry={() => void Promise.all([phones.refetch(), people.refetch()])} />;
  if (!phones.data || !people.data) return <Skeleton className="h-96 rounded-xl" />;
  const everybody = [...phones.data.map(ofPhone), ...people.data.map(ofPerson)];
  const chosen = everybody.find(({ number }) => number === get('who'));
  return (
    <div className="grid items-start gap-4 md:grid-cols-[18rem_minmax(0,1fr)]">
      <div className={cn(chosen && 'hidden md:block')}>
        <WhoList everybody={everybody} chosen={chosen?.number} onChoose={(who) => set({ who }, { push: true })} />
      </div>
      {chosen ? (
        <WhoPanel key={chosen.number} who={chosen} everybody={everybody} onClose={() => set({ who: null })} />
      ) : (
        <Card className="hidden md:block">
          <EmptyState icon={UserRound} title={t('choose')}>
            {t('chooseHint')}
          </EmptyState>
        </Card>
      )}
    </div>
  );
}
