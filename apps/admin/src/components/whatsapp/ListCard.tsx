import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';
import { RowsSkeleton } from '@/components/ui/rows-skeleton';
import { QueryFailed } from './QueryFailed';

interface ListCardProps {
  query: Pick<UseQueryResult, 'data' | 'error' | 'isError' | 'isPending' | 'refetch'>;
  isEmpty: boolean;
  /** Stands where the rows would. */
  empty: ReactNode;
  /** The rows. */
  children: ReactNode;
}

/** The card of a list in each of its states. What was loaded once stays when a later load fails. */
export function ListCard({ query, isEmpty, empty, children }: ListCardProps) {
  const { data, error, isError, isPending, refetch } = query;
  return (
    <Card className="overflow-hidden">
      {isPending && <RowsSkeleton />}
      {isError && !data && <QueryFailed error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (isEmpty ? empty : children)}
    </Card>
  );
}
