'use client';

import { useQuery } from '@tanstack/react-query';
import { Skeleton } from '@/components/ui/skeleton';
import { peopleQuery, phonesQuery } from '@/lib/queries/sandbox';
import { ChannelsCard } from './ChannelsCard';
import { StatusForm } from './StatusForm';
import { ofPerson, ofPhone } from './who';

/** What is posted for many at once, and is part of no chat. */
export function PostsTab() {
  const phones = useQuery(phonesQuery);
  const people = useQuery(peopleQuery);
  if (!phones.data || !people.data) return <Skeleton className="h-60 rounded-xl" />;
  const everybody = [...people.data.map(ofPerson), ...phones.data.map(ofPhone)];
  return (
    <div className="grid items-start gap-4 md:grid-cols-2">
      <StatusForm everybody={everybody} />
      <ChannelsCard everybody={everybody} />
    </div>
  );
}
