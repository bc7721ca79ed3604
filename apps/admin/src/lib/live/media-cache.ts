import type { Media, Message, Post } from '@trunkline/contracts';
import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { keys } from './keys';
import { loadAgain } from './load-again';
import { eachList, itemsOf, mapItems, type Pages } from './pages';

/** In every conversation and list of posts that is loaded: several messages may name one file. */
export function changeMedia(client: QueryClient, media: Media): void {
  changeIn(client, ['messages'], media);
  for (const key of [keys.statusLists, keys.allChannelPosts]) {
    changeIn(client, key, media);
    // What is being loaded may have been read before.
    if (client.isFetching({ queryKey: key }) > 0) loadAgain(client, key);
  }
}

function changeIn(client: QueryClient, key: QueryKey, media: Media): void {
  eachList<Message | Post>(client, key, (data) => {
    if (!itemsOf(data).some((item) => item.media?.id === media.id)) return data;
    return withMedia(data, media);
  });
}

const withMedia = (data: Pages<Message | Post>, media: Media): Pages<Message | Post> =>
  mapItems(data, (items) => items.map((item) => (item.media?.id === media.id ? { ...item, media } : item)));
