'use client';

import type { Media } from '@trunkline/contracts';
import { Mic, Music, Pause, Play } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { fileAddress } from '@/lib/api/media';
import { clockText } from '@/lib/format/size';
import { usePlayer } from './usePlayer';
import { Waveform } from './Waveform';

interface SoundProps {
  media: Media;
  kind: 'audio' | 'voice';
  waveform: number[] | null;
}

/** Plays where it stands; one at a time in the whole page. */
export function SoundView({ media, kind, waveform }: SoundProps) {
  const t = useTranslations('messages');
  const { audio, playing, at, length, rate, broken, toggle, seek, faster, events } = usePlayer(media.seconds);
  const name = t(`kind.${kind}`);
  const Icon = kind === 'voice' ? Mic : Music;
  return (
    <div className="grid w-72 max-w-full gap-1" role="group" aria-label={name}>
      <div className="flex items-center gap-2">
        <Button
          variant="ghost"
          size="icon"
          className="rounded-full text-accent"
          aria-label={t(playing ? 'media.pause' : 'media.play')}
          onClick={toggle}
        >
          {playing ? <Pause className="fill-current" /> : <Play className="fill-current" />}
        </Button>
        <Waveform bars={waveform} at={at} length={length} onSeek={seek} />
        <Button
          variant="ghost"
          size="small"
          className="tabular w-11 rounded-full px-0 text-xs"
          aria-label={t('media.speed', { rate })}
          onClick={faster}
        >
          {rate}×
        </Button>
      </div>
      <p className="tabular flex items-center gap-1.5 text-xs text-ink-soft">
        <Icon className="size-3.5" aria-hidden />
        {length > 0 ? `${clockText(at)} / ${clockText(length)}` : clockText(at)}
        {kind === 'audio' && media.fileName && <bdi className="min-w-0 truncate">{media.fileName}</bdi>}
      </p>
      {broken && (
        <p role="alert" className="text-xs text-bad">
          {t('media.unplayable')}{' '}
          <a className="underline" href={`${fileAddress(media.id)}?download=1`}>
            {t('media.download')}
          </a>
        </p>
      )}
      <audio ref={audio} src={fileAddress(media.id)} preload="none" {...events} />
    </div>
  );
}
