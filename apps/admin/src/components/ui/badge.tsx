import type { ComponentProps } from 'react';
import { cn } from '@/lib/cn';

export type Tone = 'neutral' | 'good' | 'note' | 'warn' | 'bad';

const washes: Record<Tone, string> = {
  neutral: 'bg-sunken text-ink-soft',
  good: 'bg-good-wash text-good',
  note: 'bg-note-wash text-note',
  warn: 'bg-warn-wash text-warn',
  bad: 'bg-bad-wash text-bad',
};

interface BadgeProps extends ComponentProps<'span'> {
  tone?: Tone;
}

export const Badge = ({ tone = 'neutral', className, ...props }: BadgeProps) => (
  <span
    className={cn(
      'inline-flex items-center gap-1.5 whitespace-nowrap rounded-full px-2 py-0.5 text-xs font-medium [&_svg]:size-3.5',
      washes[tone],
      className,
    )}
    {...props}
  />
);
