import type { ComponentProps } from 'react';
import { cn } from '@/lib/cn';
import { fieldStyle } from './input';

export const Textarea = ({ className, ...props }: ComponentProps<'textarea'>) => (
  <textarea className={cn(fieldStyle, 'min-h-20 resize-y py-2', className)} {...props} />
);
