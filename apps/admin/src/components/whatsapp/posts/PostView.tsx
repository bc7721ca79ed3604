'use client';

import type { Post } from '@trunkline/contracts';
import { useTranslations } from 'use-intl';
import { MarkedText } from '../messages/bubble/content/TextView';
import { usePreview } from '../messages/preview';
import { TimeAgo } from '../TimeAgo';

/** What it says, and of a file what came with it: files of posts are not fetched. */
export function PostView({ post: { place, author, fromMe, content, thumbnail, timestamp } }: { post: Post }) {
  const t = useTranslations('posts');
  const preview = usePreview();
  const who = fromMe ? t('you') : (author?.name ?? author?.phoneNumber ?? t('somebody'));
  return (
    <li className="flex gap-3 p-4">
      {thumbnail && (
        <img src={`data:image/jpeg;base64,${thumbnail}`} alt="" className="size-16 shrink-0 rounded-lg object-cover" />
      )}
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          {place === 'status' && <bdi className="font-medium">{who}</bdi>}
          <TimeAgo value={timestamp} className="text-[0.8125rem] text-ink-soft" />
        </p>
        {content.kind === 'text' ? (
          <MarkedText text={content.text} />
        ) : (
          <p className="break-words" dir="auto">
            {preview(content)}
          </p>
        )}
      </div>
    </li>
  );
}
