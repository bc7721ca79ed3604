'use client';

import { Play } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { fileAddress } from '@/lib/api/media';
import { clockText } from '@/lib/format/size';
import { useMediaQuery } from '@/lib/hooks/useMediaQuery';
import { useConversation } from '../../conversation';
import { Frame } from './Frame';
import type { Media } from '@trunkline/contracts';

interface FilmProps {
  message: { id: string };
  media: Media;
}

const filling = 'absolute inset-0 size-full object-cover';

/** Its first picture; a press plays it over the page. */
export function FilmView({ message, media }: FilmProps) {
  const t = useTranslations('messages');
  const { view } = useConversation();
  const length = media.seconds === null ? null : clockText(media.seconds);
  const open = t('media.open', { kind: t('kind.video') });
  return (
    <button
      type="button"
      aria-label={length === null ? open : `${open}, ${length}`}
      onClick={() => view(message.id)}
      className="group/film block max-w-full rounded-xl"
    >
      <Frame media={media}>
        {!media.thumbnail && (
          <video src={fileAddress(media.id)} muted preload="metadata" tabIndex={-1} aria-hidden className={filling} />
        )}
        <span className="absolute inset-0 grid place-items-center">
          <span className="grid size-12 place-items-center rounded-full bg-black/55 text-white group-hover/film:bg-black/70">
            <Play className="ms-0.5 size-6 fill-current" aria-hidden />
          </span>
        </span>
        {length !== null && (
          <span className="tabular absolute bottom-1.5 start-1.5 rounded bg-black/60 px-1.5 text-xs text-white">
            {length}
          </span>
        )}
      </Frame>
    </button>
  );
}

/** Plays by itself, again and again, without sound; who wants less motion starts it by hand. */
export function GifView({ media }: { media: Media }) {
  const t = useTranslations('messages');
  const still = useMediaQuery('(prefers-reduced-motion: reduce)');
  return (
    <Frame media={media}>
      <video
        key={String(still)}
        src={fileAddress(media.id)}
        aria-label={t('kind.gif')}
        poster={media.thumbnail ?? undefined}
        autoPlay={!still}
        controls={still}
        loop
        muted
        playsInline
        preload="metadata"
        className={filling}
      />
    </Frame>
  );
}
