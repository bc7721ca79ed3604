'use client';

import { useTranslations } from 'use-intl';
import { cn } from '@/lib/cn';
import { clockText } from '@/lib/format/size';

interface WaveformProps {
  /** From 0 to 100; null draws a line. */
  bars: number[] | null;
  /** Seconds. */
  at: number;
  length: number;
  onSeek: (seconds: number) => void;
}

const STEPS = 1000;

/** How loud it is over time, and how far it has played: a slider of the browser's own, under our drawing. */
export function Waveform({ bars, at, length, onSeek }: WaveformProps) {
  const t = useTranslations('messages');
  const share = length > 0 ? Math.min(1, at / length) : 0;
  return (
    <span className="relative flex h-8 min-w-0 flex-1 items-center rounded-md has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus">
      {bars ? <Bars bars={bars} share={share} /> : <Line share={share} />}
      <input
        type="range"
        min={0}
        max={STEPS}
        step={STEPS / 100}
        value={Math.round(share * STEPS)}
        aria-label={t('media.position')}
        aria-valuetext={t('media.at', { at: clockText(at), length: clockText(length) })}
        onChange={({ target }) => onSeek((Number(target.value) / STEPS) * length)}
        className="absolute inset-0 size-full cursor-pointer opacity-0"
      />
    </span>
  );
}

const Bars = ({ bars, share }: { bars: number[]; share: number }) => (
  <span className="flex h-full w-full items-center gap-px" aria-hidden data-waveform={bars.length}>
    {bars.map((bar, index) => (
      <span
        key={index}
        className={cn('min-w-px flex-1 rounded-full', index < share * bars.length ? 'bg-accent' : 'bg-ink/30')}
        style={{ height: `${Math.max(10, bar)}%` }}
      />
    ))}
  </span>
);

const Line = ({ share }: { share: number }) => (
  <span className="h-1 w-full overflow-hidden rounded-full bg-ink/20" aria-hidden>
    <span className="block h-full bg-accent" style={{ width: `${share * 100}%` }} />
  </span>
);
