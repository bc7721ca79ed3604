'use client';

import type { Page, Post } from '@trunkline/contracts';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { CircleDashed } from 'lucide-react';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { RowsSkeleton } from '@/components/ui/rows-skeleton';
import { itemsOf } from '@/lib/live/pages';
import { LoadMore } from '../LoadMore';
import { QueryFailed } from '../QueryFailed';
import { PostView } from './PostView';

interface PostListProps {
  query: UseInfiniteQueryResult<InfiniteData<Page<Post>>>;
  none: string;
  hint: string;
}

export function PostList({ query, none, hint }: PostListProps) {
  const posts = itemsOf(query.data);
  return (
    <>
      <Card className="overflow-hidden">
        {query.isPending && <RowsSkeleton />}
        {query.isError && !query.data && <QueryFailed error={query.error} onRetry={() => void query.refetch()} />}
        {query.data && posts.length === 0 && (
          <EmptyState icon={CircleDashed} title={none}>
            {hint}
          </EmptyState>
        )}
        {posts.length > 0 && (
          <ul className="divide-y">
            {posts.map((post) => (
              <PostView key={post.id} post={post} />
            ))}
          </ul>
        )}
      </Card>
      <LoadMore query={query} />
    </>
  );
}
