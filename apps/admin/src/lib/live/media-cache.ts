import type { Media, Message } from '@trunkline/contracts';
import type { QueryClient } from '@tanstack/react-query';
import { eachList, itemsOf, mapItems, type Pages } from './pages';

/** In every conversation that is loaded: several messages may name one file. */
export function changeMedia(client: QueryClient, media: Media): void {
  eachList<Message>(client, ['messages'], (data) => {
    if (!itemsOf(data).some((message) => message.media?.id === media.id)) return data;
    return withMedia(data, media);
  });
}

const withMedia = (data: Pages<Message>, media: Media): Pages<Message> =>
  mapItems(data, (items) => items.map((item) => (item.media?.id === media.id ? { ...item, media } : item)));
