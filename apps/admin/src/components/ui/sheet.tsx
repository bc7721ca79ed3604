'use client';

import { X } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { cn } from '@/lib/cn';
import { Button } from './button';
import { RememberOpener, useFocusBack } from './focus-back';
import { veil } from './overlay';

export const Sheet = Primitive.Root;
export const SheetTrigger = Primitive.Trigger;

interface SheetContentProps extends Omit<ComponentProps<typeof Primitive.Content>, 'title'> {
  title: ReactNode;
  description?: ReactNode;
  /** The edge it comes from, in reading direction. */
  edge?: 'start' | 'end';
  hideTitle?: boolean;
}

const edges = {
  start: 'start-0 w-72 border-e data-[state=open]:animate-slide-in',
  end: 'end-0 w-full max-w-md border-s data-[state=open]:animate-slide-in-end',
};

export function SheetContent({
  title,
  description,
  edge = 'end',
  hideTitle,
  className,
  children,
  ...props
}: SheetContentProps) {
  const t = useTranslations('common');
  const { opener, onCloseAutoFocus } = useFocusBack();
  return (
    <Primitive.Portal>
      <RememberOpener opener={opener} />
      <Primitive.Overlay className={veil} />
      <Primitive.Content
        className={cn(
          'fixed inset-y-0 z-50 flex flex-col bg-surface shadow-high focus:outline-none',
          edges[edge],
          className,
        )}
        onCloseAutoFocus={onCloseAutoFocus}
        {...(description ? {} : { 'aria-describedby': undefined })}
        {...props}
      >
        <div className={cn('border-b px-5 py-4 pe-14', hideTitle && 'sr-only')}>
          <Primitive.Title className="truncate text-base font-semibold tracking-tight">{title}</Primitive.Title>
          {description && <Primitive.Description className="text-ink-soft">{description}</Primitive.Description>}
        </div>
        {children}
        <Primitive.Close asChild>
          <Button variant="ghost" size="icon-small" className="absolute end-3 top-3" aria-label={t('close')}>
            <X />
          </Button>
        </Primitive.Close>
      </Primitive.Content>
    </Primitive.Portal>
  );
}
