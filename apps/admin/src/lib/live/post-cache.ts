import type { Post } from '@trunkline/contracts';
import type { QueryClient } from '@tanstack/react-query';
import { keys } from './keys';
import { loadAgain } from './load-again';

/** Where a post is shown is loaded again: posts are few, and lists of them short. */
export function postChanged(client: QueryClient, { channelId }: Pick<Post, 'channelId'>): void {
  if (channelId === null) return loadAgain(client, keys.statusLists);
  loadAgain(client, keys.channelLists);
  loadAgain(client, keys.channelPosts(channelId));
}

/** Of which place it was is not told. */
export function postGone(client: QueryClient): void {
  loadAgain(client, keys.statusLists);
  loadAgain(client, keys.allChannelPosts);
}
