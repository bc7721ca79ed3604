'use client';

import type { LinkPreview } from '@trunkline/contracts';
import { hostOf } from '@/lib/format/link';

/** Drawn from what came with the message: nothing is loaded from the page, which would learn who reads this and when. */
export function LinkPreviewCard({ preview: { url, title, description, thumbnail } }: { preview: LinkPreview }) {
  const host = hostOf(url);
  if (!host) return null;
  return (
    <a
      href={url}
      target="_blank"
      rel="noreferrer noopener nofollow"
      className="mb-1.5 flex max-w-sm min-w-56 overflow-hidden rounded-xl bg-ink/5 text-start hover:bg-ink/10"
    >
      {thumbnail && (
        <img src={`data:image/jpeg;base64,${thumbnail}`} alt="" className="size-20 shrink-0 object-cover" />
      )}
      <span className="min-w-0 flex-1 px-3 py-2 text-[0.8125rem]">
        <span className="line-clamp-2 font-medium break-words">
          <bdi>{title ?? host}</bdi>
        </span>
        {description && (
          <span className="line-clamp-2 break-words text-ink-soft">
            <bdi>{description}</bdi>
          </span>
        )}
        <span className="block truncate text-ink-soft">
          <bdi>{host}</bdi>
        </span>
      </span>
    </a>
  );
}
