import type { ComponentProps } from 'react';
import { cn } from '@/lib/cn';

export const Card = ({ className, ...props }: ComponentProps<'section'>) => (
  <section className={cn('card-surface', className)} {...props} />
);

export const CardHeader = ({ className, ...props }: ComponentProps<'div'>) => (
  <div className={cn('flex items-center justify-between gap-3 px-5 pt-4', className)} {...props} />
);

export const CardTitle = ({ className, ...props }: ComponentProps<'h2'>) => (
  <h2 className={cn('text-[0.9375rem] font-semibold tracking-tight', className)} {...props} />
);

export const CardBody = ({ className, ...props }: ComponentProps<'div'>) => (
  <div className={cn('px-5 py-4', className)} {...props} />
);
