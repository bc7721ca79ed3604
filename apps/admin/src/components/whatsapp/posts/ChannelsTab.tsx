'use client';

import type { Channel } from '@trunkline/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Radio } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { RowsSkeleton } from '@/components/ui/rows-skeleton';
import { cn } from '@/lib/cn';
import { itemsOf } from '@/lib/live/pages';
import type { OfAccountFilter } from '@/lib/live/keys';
import { listChannelPosts, listChannels } from '@/lib/queries/posts';
import { LoadMore } from '../LoadMore';
import { QueryFailed } from '../QueryFailed';
import { TimeAgo } from '../TimeAgo';
import { PostList } from './PostList';

interface ChannelsTabProps {
  filter: OfAccountFilter;
  chosen: string | undefined;
  onChoose: (channelId: string) => void;
}

export function ChannelsTab({ filter, chosen, onChoose }: ChannelsTabProps) {
  const t = useTranslations('posts');
  const query = useInfiniteQuery(listChannels(filter));
  const channels = itemsOf(query.data);
  if (query.isPending) return <RowsSkeleton />;
  if (query.isError && !query.data) return <QueryFailed error={query.error} onRetry={() => void query.refetch()} />;
  if (channels.length === 0)
    return (
      <Card>
        <EmptyState icon={Radio} title={t('noChannels')}>
          {t('noChannelsHint')}
        </EmptyState>
      </Card>
    );
  const open = channels.find(({ id }) => id === chosen) ?? channels[0]!;
  return (
    <div className="grid items-start gap-4 md:grid-cols-[16rem_minmax(0,1fr)]">
      <div>
        <ul aria-label={t('channels')} className="grid gap-1">
          {channels.map((channel) => (
            <li key={channel.id}>
              <ChannelButton channel={channel} open={channel.id === open.id} onChoose={onChoose} />
            </li>
          ))}
        </ul>
        <LoadMore query={query} />
      </div>
      <ChannelPosts key={open.id} channel={open} />
    </div>
  );
}

interface ChannelButtonProps {
  channel: Channel;
  open: boolean;
  onChoose: (channelId: string) => void;
}

function ChannelButton({ channel: { id, name, waId, lastPostAt }, open, onChoose }: ChannelButtonProps) {
  return (
    <button
      type="button"
      aria-current={open}
      onClick={() => onChoose(id)}
      className={cn('w-full rounded-xl px-3 py-2 text-start hover:bg-sunken', open && 'bg-sunken')}
    >
      <span className="block truncate font-medium">
        <bdi>{name ?? waId}</bdi>
      </span>
      {lastPostAt && <TimeAgo value={lastPostAt} className="text-[0.8125rem] text-ink-soft" />}
    </button>
  );
}

function ChannelPosts({ channel: { id, name, waId } }: { channel: Channel }) {
  const t = useTranslations('posts');
  const query = useInfiniteQuery(listChannelPosts(id));
  return <PostList query={query} none={t('noPosts')} hint={t('noPostsHint')} by={name ?? waId} />;
}
