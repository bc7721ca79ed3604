import type { Tone } from '@/components/ui/badge';
import { cn } from '@/lib/cn';

const fills: Record<Tone, string> = {
  neutral: 'bg-line-strong',
  good: 'bg-good-dot',
  note: 'bg-note-dot',
  warn: 'bg-warn-dot',
  bad: 'bg-bad-dot',
};

interface DotProps {
  tone: Tone;
  pulse?: boolean;
  className?: string;
}

/** A colour beside words that say the same: it never stands alone. */
export const Dot = ({ tone, pulse, className }: DotProps) => (
  <span aria-hidden className={cn('relative inline-flex size-2 shrink-0 rounded-full', fills[tone], className)}>
    {pulse && <span className={cn('absolute inset-0 animate-pulse-ring rounded-full', fills[tone])} />}
  </span>
);
