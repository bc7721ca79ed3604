import type { ComponentProps } from 'react';
import { cn } from '@/lib/cn';

/** Text at 16 px on phones: below that, iOS zooms in on focus. */
export const fieldStyle =
  'w-full rounded-lg border border-line-strong/60 bg-surface px-3 text-base text-ink shadow-card transition-colors placeholder:text-ink-soft/85 hover:border-line-strong disabled:opacity-55 aria-[invalid=true]:border-bad sm:text-sm';

export const Input = ({ className, ...props }: ComponentProps<'input'>) => (
  <input className={cn(fieldStyle, 'h-9', className)} {...props} />
);
