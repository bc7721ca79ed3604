'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import type { OfAccountFilter } from '@/lib/live/keys';
import { listStatuses } from '@/lib/queries/posts';
import { PostList } from './PostList';

export function StatusTab({ filter }: { filter: OfAccountFilter }) {
  const t = useTranslations('posts');
  const query = useInfiniteQuery(listStatuses(filter));
  return <PostList query={query} none={t('noStatus')} hint={t('noStatusHint')} />;
}
