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
        <bdi className="line-clamp-2 block font-medium break-words">{title ?? host}</bdi>
        {description && <bdi className="line-clamp-2 block break-words text-ink-soft">{description}</bdi>}
        <bdi className="block truncate text-ink-soft">{host}</bdi>
      </span>
    </a>
  );
}
