'use client';

import { useMutation } from '@tanstack/react-query';
import type { Media, MediaKind } from '@trunkline/contracts';
import { LoaderCircle, TriangleAlert } from 'lucide-react';
import { toast } from 'sonner';
import { useTranslations } from 'use-intl';
import { May } from '@/components/shell/May';
import { Button } from '@/components/ui/button';
import { fetchMedia } from '@/lib/api/media';
import { useErrorText } from '@/lib/hooks/useErrorText';
import { Frame } from './Frame';

const SEEN: MediaKind[] = ['image', 'video', 'gif'];

/** On its way, or not to be had; then a person may ask for it. Where it will be seen, it has its place already. */
export function Absent({ media, kind }: { media: Media; kind: MediaKind }) {
  if (!SEEN.includes(kind)) return <Why media={media} />;
  return (
    <Frame media={media}>
      <div className="absolute inset-0 grid place-items-center p-2">
        <Why media={media} className="bg-surface/90 shadow-card" />
      </div>
    </Frame>
  );
}

function Why({ media, className = 'bg-ink/5' }: { media: Media; className?: string }) {
  const t = useTranslations('messages');
  const errorText = useErrorText();
  const ask = useMutation({ mutationFn: fetchMedia, onError: (error) => void toast.error(errorText(error)) });
  // One that waits for its next turn says why, and may be asked for before.
  const waiting = (media.state === 'pending' && !media.problem) || media.state === 'downloading';
  const Icon = waiting ? LoaderCircle : TriangleAlert;
  return (
    <div className={`grid w-56 max-w-full justify-items-start gap-2 rounded-xl p-2.5 ${className}`} aria-busy={waiting}>
      {media.fileName && <bdi className="max-w-full truncate font-medium">{media.fileName}</bdi>}
      <p className="flex items-center gap-2 text-[0.8125rem] text-ink-soft">
        {media.state !== 'remote' && (
          <Icon
            className={`size-4 shrink-0 ${waiting ? 'animate-spin motion-reduce:animate-none' : 'text-warn'}`}
            aria-hidden
          />
        )}
        {media.problem ?? t(waiting ? 'media.loading' : 'media.remote')}
      </p>
      {!waiting && (
        <May least="operator">
          <Button size="small" busy={ask.isPending} onClick={() => ask.mutate(media.id)}>
            {t('media.fetch')}
          </Button>
        </May>
      )}
    </div>
  );
}
