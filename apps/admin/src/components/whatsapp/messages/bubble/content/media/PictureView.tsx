'use client';

import type { Media, MediaKind } from '@trunkline/contracts';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { fileAddress } from '@/lib/api/media';
import { cn } from '@/lib/cn';
import { useConversation } from '../../conversation';
import { Frame } from './Frame';

interface PictureProps {
  message: { id: string };
  media: Media;
  kind: MediaKind;
}

/** A press opens it over the page. */
export function PictureView({ message, media, kind }: PictureProps) {
  const t = useTranslations('messages');
  const { view } = useConversation();
  const [there, setThere] = useState(false);
  return (
    <button
      type="button"
      aria-label={t('media.open', { kind: t(`kind.${kind}`) })}
      onClick={() => view(message.id)}
      className="block max-w-full rounded-xl"
    >
      <Frame media={media}>
        <img
          src={fileAddress(media.id)}
          alt=""
          loading="lazy"
          onLoad={() => setThere(true)}
          className={cn('absolute inset-0 size-full object-cover transition-opacity', !there && 'opacity-0')}
        />
      </Frame>
    </button>
  );
}

/** Without a frame around it, and never larger than a sticker is. */
export function StickerView({ media }: { media: Media }) {
  const t = useTranslations('messages');
  return (
    <img
      src={fileAddress(media.id)}
      alt={t('kind.sticker')}
      loading="lazy"
      width={160}
      height={160}
      className="size-40 object-contain"
    />
  );
}
