'use client';

import { hasMedia, type Post } from '@trunkline/contracts';
import { useTranslations } from 'use-intl';
import { AvatarInSight } from '../Avatar';
import { MediaView } from '../messages/bubble/content/MediaView';
import { MarkedText } from '../messages/bubble/content/TextView';
import { usePreview } from '../messages/preview';
import { TimeAgo } from '../TimeAgo';

/** What it says or shows, as a message would, and where one would stand whatever the language; of other kinds one line. */
export function PostView({ post }: { post: Post }) {
  const { accountId, place, author, fromMe, timestamp } = post;
  const t = useTranslations('posts');
  const who = fromMe ? t('you') : (author?.name ?? author?.phoneNumber ?? t('somebody'));
  return (
    <li className="flex gap-3 p-4">
      {place === 'status' && (
        <AvatarInSight
          of={{ accountId, ...(author && { personId: author.personId }) }}
          name={who}
          className="size-10"
        />
      )}
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          {place === 'status' && <bdi className="font-medium">{who}</bdi>}
          <TimeAgo value={timestamp} className="text-[0.8125rem] text-ink-soft" />
        </p>
        <Said post={post} />
      </div>
    </li>
  );
}

function Said({ post: { id, accountId, content, media } }: { post: Post }) {
  const preview = usePreview();
  if (content.kind === 'text')
    return (
      <div className="w-fit max-w-full">
        <MarkedText text={content.text} mentions={content.mentions} accountId={accountId} />
      </div>
    );
  if (hasMedia(content) && media) return <MediaView content={content} message={{ id, media, viewOnce: false }} />;
  return (
    <p className="w-fit max-w-full break-words" dir="auto">
      {preview(content)}
    </p>
  );
}
