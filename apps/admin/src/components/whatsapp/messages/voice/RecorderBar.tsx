'use client';

import { SendHorizontal, Trash2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { clockText } from '@/lib/format/size';
import type { useRecorder } from './useRecorder';

const SHOWN = 48;

/** In the place of the composer while somebody speaks: how long, how loud, put away or send. */
export function RecorderBar({ recorder }: { recorder: ReturnType<typeof useRecorder> }) {
  const t = useTranslations('files');
  const { phase, levels, seconds, discard, finish } = recorder;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  const recent = [...Array<number>(SHOWN).fill(0), ...levels].slice(-SHOWN);
  return (
    <div
      ref={box}
      role="group"
      aria-label={t('recording')}
      tabIndex={-1}
      onKeyDown={({ key }) => key === 'Escape' && discard()}
      className="flex items-center gap-2 focus:outline-none"
    >
      <Button
        variant="ghost"
        size="icon"
        className="size-10 rounded-full text-bad"
        aria-label={t('discardVoice')}
        onClick={discard}
      >
        <Trash2 />
      </Button>
      <span
        className="size-2.5 shrink-0 animate-pulse rounded-full bg-bad-dot motion-reduce:animate-none"
        aria-hidden
      />
      <span role="timer" className="tabular w-12 shrink-0 text-sm">
        {clockText(seconds)}
      </span>
      <span className="flex h-8 min-w-0 flex-1 items-center justify-end gap-0.5 overflow-hidden" aria-hidden>
        {recent.map((level, index) => (
          <span
            key={index}
            className="w-1 shrink-0 rounded-full bg-accent"
            style={{ height: `${Math.max(8, Math.min(100, level * 250))}%` }}
          />
        ))}
      </span>
      <Button
        variant="primary"
        size="icon"
        className="size-10 rounded-full"
        aria-label={t('sendVoice')}
        busy={phase === 'packing'}
        onClick={() => void finish()}
      >
        {phase !== 'packing' && <SendHorizontal className="rtl:-scale-x-100" />}
      </Button>
    </div>
  );
}
