'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { fileAddress } from '@/lib/api/media';
import { cn } from '@/lib/cn';
import type { Viewable } from './viewable';

/** As large as the screen lets it be; a press on a picture shows it in its own size. */
export function LargeView({ message: { content, media } }: { message: Viewable }) {
  const t = useTranslations('messages');
  const [whole, setWhole] = useState(false);
  const { kind } = content;
  if (media.mime.startsWith('video/')) {
    const gif = kind === 'gif';
    return (
      <video
        src={fileAddress(media.id)}
        aria-label={t(`kind.${kind}`)}
        poster={media.thumbnail ?? undefined}
        controls
        autoPlay
        playsInline
        loop={gif}
        muted={gif}
        className="max-h-full max-w-full rounded-lg"
      />
    );
  }
  return (
    <button
      type="button"
      aria-label={t(whole ? 'media.fit' : 'media.whole')}
      onClick={() => setWhole(!whole)}
      className={cn(
        'max-h-full max-w-full',
        whole ? 'cursor-zoom-out overflow-auto' : 'grid h-full cursor-zoom-in place-items-center',
      )}
    >
      <img
        src={fileAddress(media.id)}
        alt={t(`kind.${kind}`)}
        width={media.width ?? undefined}
        height={media.height ?? undefined}
        style={
          media.thumbnail && !whole ? { backgroundImage: `url(${media.thumbnail})`, backgroundSize: '100% 100%' } : {}
        }
        className={cn('rounded-lg object-contain', whole ? 'max-w-none' : 'max-h-full w-auto max-w-full')}
      />
    </button>
  );
}
