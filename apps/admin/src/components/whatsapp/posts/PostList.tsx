'use client';

import type { Page, Post } from '@trunkline/contracts';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { CircleDashed } from 'lucide-react';
import { EmptyState } from '@/components/ui/empty-state';
import { itemsOf } from '@/lib/live/pages';
import { ListCard } from '../ListCard';
import { LoadMore } from '../LoadMore';
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
      <ListCard
        query={query}
        isEmpty={posts.length === 0}
        empty={
          <EmptyState icon={CircleDashed} title={none}>
            {hint}
          </EmptyState>
        }
      >
        <ul className="divide-y">
          {posts.map((post) => (
            <PostView key={post.id} post={post} />
          ))}
        </ul>
      </ListCard>
      <LoadMore query={query} />
    </>
  );
}
