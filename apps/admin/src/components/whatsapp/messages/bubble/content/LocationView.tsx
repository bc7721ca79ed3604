'use client';

import type { ContentOf } from '@trunkline/contracts';
import { ExternalLink, MapPin, Navigation } from 'lucide-react';
import { useTranslations } from 'use-intl';

/** No map is loaded: it would tell a stranger where the person is. The link opens one when somebody asks for it. */
export function LocationView({ content }: { content: ContentOf<'location'> | ContentOf<'live_location'> }) {
  const t = useTranslations('messages');
  const { latitude, longitude } = content;
  const live = content.kind === 'live_location';
  const name = (live ? content.caption : content.name) || t(live ? 'kind.live_location' : 'kind.location');
  const Icon = live ? Navigation : MapPin;
  return (
    <div className="flex min-w-56 items-start gap-3 py-1">
      <span className="grid size-10 shrink-0 place-items-center rounded-xl bg-accent-wash text-accent">
        <Icon className="size-5" aria-hidden />
      </span>
      <div className="min-w-0 flex-1">
        <p className="font-medium break-words">
          <bdi>{name}</bdi>
        </p>
        {!live && content.address && (
          <p className="text-[0.8125rem] break-words text-ink-soft">
            <bdi>{content.address}</bdi>
          </p>
        )}
        <a
          href={`https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`}
          target="_blank"
          rel="noreferrer noopener"
          className="tabular mt-0.5 inline-flex items-center gap-1 text-[0.8125rem] text-accent underline-offset-4 hover:underline"
        >
          <bdi>{`${latitude.toFixed(5)}, ${longitude.toFixed(5)}`}</bdi>
          <ExternalLink className="size-3.5" aria-hidden />
          <span className="sr-only">{t('openMap')}</span>
        </a>
      </div>
    </div>
  );
}
