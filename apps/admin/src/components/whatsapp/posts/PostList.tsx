'use client';

import type { Page, Post } from '@trunkline/contracts';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { CircleDashed } from 'lucide-react';
import { useMemo, useState } from 'react';
import { EmptyState } from '@/components/ui/empty-state';
import { itemsOf } from '@/lib/live/pages';
import { ListCard } from '../ListCard';
import { LoadMore } from '../LoadMore';
import { ConversationContext, NO_ACTS } from '../messages/bubble/conversation';
import { Lightbox } from '../messages/lightbox/Lightbox';
import type { Shown } from '../messages/lightbox/viewable';
import { PostView } from './PostView';

interface PostListProps {
  query: UseInfiniteQueryResult<InfiniteData<Page<Post>>>;
  none: string;
  hint: string;
  /** Who speaks in a channel. */
  by?: string;
}

/** Pictures and films open over the page, and lead to those before and after. */
export function PostList({ query, none, hint, by }: PostListProps) {
  const posts = itemsOf(query.data);
  const [viewed, view] = useState<string | null>(null);
  const acts = useMemo(() => ({ ...NO_ACTS, view }), []);
  return (
    <ConversationContext value={acts}>
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
      <Lightbox messages={posts.map((post) => shownOf(post, by))} shown={viewed} onShow={view} />
    </ConversationContext>
  );
}

function shownOf({ author, fromMe, ...post }: Post, by: string | undefined): Shown {
  const sender = author ?? (by === undefined ? null : { name: by, phoneNumber: null });
  return { ...post, sender, viewOnce: false, direction: fromMe ? 'out' : 'in' };
}
