import { hasMedia, type Media, type MediaContent, type Message } from '@trunkline/contracts';

/** A message, or a post, as far as it matters here. */
export type Shown = Pick<Message, 'id' | 'content' | 'media' | 'viewOnce' | 'direction' | 'timestamp'> & {
  sender: Pick<NonNullable<Message['sender']>, 'name' | 'phoneNumber'> | null;
};

/** One whose picture or film can be shown large. */
export type Viewable = Shown & { content: MediaContent; media: Media };

const isSeen = (kind: string, mime: string): boolean =>
  kind !== 'document' && kind !== 'sticker' && /^(image|video)\//.test(mime);

/** Oldest first, as the conversation reads. What is to be seen once is not come across by leafing. */
export function viewables(newestFirst: readonly Shown[], shown: string | null): Viewable[] {
  const seen = newestFirst.filter(
    (message): message is Viewable =>
      hasMedia(message.content) && message.media?.state === 'ready' && isSeen(message.content.kind, message.media.mime),
  );
  return seen.filter(({ viewOnce, id }) => !viewOnce || id === shown).toReversed();
}
