'use client';

import { Switch as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from '@/lib/cn';

export const Switch = ({ className, ...props }: ComponentProps<typeof Primitive.Root>) => (
  <Primitive.Root
    className={cn(
      'inline-flex h-5 w-9 shrink-0 items-center rounded-full bg-line-strong/70 p-0.5 transition-colors disabled:opacity-55 data-[state=checked]:bg-accent',
      className,
    )}
    {...props}
  >
    <Primitive.Thumb className="block size-4 rounded-full bg-surface shadow-card transition-transform data-[state=checked]:ltr:translate-x-4 data-[state=checked]:rtl:-translate-x-4" />
  </Primitive.Root>
);
