'use client';

import type { Media, MediaContent, Message } from '@trunkline/contracts';
import { useMutation } from '@tanstack/react-query';
import { Download, File as FileIcon, TriangleAlert } from 'lucide-react';
import { toast } from 'sonner';
import { useFormatter, useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { fetchMedia, fileAddress } from '@/lib/api/media';
import { useErrorText } from '@/lib/hooks/useErrorText';

/** A file in its bubble: what it shows, or why it is not here, and its caption. */
export function MediaView({ content, message: { media } }: { content: MediaContent; message: Message }) {
  const caption = 'caption' in content ? content.caption : undefined;
  return (
    <div className="grid max-w-80 gap-1.5 py-1">
      {media?.state === 'ready' ? <Shown content={content} media={media} /> : <Absent media={media} />}
      {caption && (
        <p className="break-words whitespace-pre-wrap" dir="auto">
          {caption}
        </p>
      )}
    </div>
  );
}

/** By what the file is, not by what its sender calls it. */
function Shown({ content, media }: { content: MediaContent; media: Media }) {
  const t = useTranslations('messages');
  const address = fileAddress(media.id);
  const { mime, width, height } = media;
  if (content.kind === 'document') return <FileLink media={media} name={content.fileName} />;
  if (mime.startsWith('image/')) {
    return (
      <a href={address} target="_blank" rel="noreferrer noopener">
        <img
          src={address}
          alt={t(`kind.${content.kind}`)}
          width={width ?? undefined}
          height={height ?? undefined}
          loading="lazy"
          className="h-auto max-h-80 w-auto max-w-full rounded-xl"
        />
      </a>
    );
  }
  const label = t(`kind.${content.kind}`);
  if (mime.startsWith('video/')) {
    const gif = content.kind === 'gif';
    return (
      <video
        src={address}
        aria-label={label}
        controls
        preload="metadata"
        loop={gif}
        muted={gif}
        playsInline
        poster={media.thumbnail ?? undefined}
        className="max-h-80 max-w-full rounded-xl"
      />
    );
  }
  if (mime.startsWith('audio/')) {
    return <audio src={address} aria-label={label} controls preload="metadata" className="w-72 max-w-full" />;
  }
  return <FileLink media={media} />;
}

function FileLink({ media, name }: { media: Media; name?: string | undefined }) {
  const format = useFormatter();
  const t = useTranslations('messages');
  return (
    <a href={`${fileAddress(media.id)}?download=1`} className="flex items-center gap-3 rounded-xl bg-sunken p-2.5">
      <FileIcon className="size-6 shrink-0 text-accent" aria-hidden />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium" dir="auto">
          {name ?? media.fileName ?? t('kind.document')}
        </span>
        <span className="text-xs text-ink-soft">{sizeOf(format, media)}</span>
      </span>
      <Download className="size-4 shrink-0 text-ink-soft" aria-hidden />
    </a>
  );
}

const KILOBYTE = 1024;

function sizeOf(format: ReturnType<typeof useFormatter>, { size, mime }: Media): string {
  if (size === null) return mime;
  const big = size >= KILOBYTE * KILOBYTE;
  const value = size / (big ? KILOBYTE * KILOBYTE : KILOBYTE);
  const unit = big ? 'megabyte' : 'kilobyte';
  return `${format.number(value, { style: 'unit', unit, maximumFractionDigits: 1 })} · ${mime}`;
}

/** On its way, or not to be had; then a person may ask for it. */
function Absent({ media }: { media: Media | null }) {
  const t = useTranslations('messages');
  const errorText = useErrorText();
  const ask = useMutation({ mutationFn: fetchMedia, onError: (error) => void toast.error(errorText(error)) });
  if (!media) return <p className="text-ink-soft">{t('unsupported')}</p>;
  const waiting = media.state === 'pending' || media.state === 'downloading';
  return (
    <div className="grid gap-2 rounded-xl bg-sunken p-2.5" aria-busy={waiting}>
      {media.thumbnail && (
        <img src={media.thumbnail} alt="" className="max-h-40 w-full rounded-lg object-cover blur-sm" />
      )}
      <p className="flex items-center gap-2 text-[0.8125rem] text-ink-soft">
        {!waiting && media.state !== 'remote' && <TriangleAlert className="size-4 shrink-0 text-warn" aria-hidden />}
        {media.problem ?? t(waiting ? 'media.loading' : 'media.remote')}
      </p>
      {!waiting && (
        <Button size="small" busy={ask.isPending} onClick={() => ask.mutate(media.id)}>
          {t('media.fetch')}
        </Button>
      )}
    </div>
  );
}
