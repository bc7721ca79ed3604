'use client';

import { Check, ChevronRight } from 'lucide-react';
import { DropdownMenu as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from '@/lib/cn';

/** Not modal: the page behind stays readable while a menu is open. */
export const Dropdown = (props: ComponentProps<typeof Primitive.Root>) => <Primitive.Root modal={false} {...props} />;
export const DropdownTrigger = Primitive.Trigger;
export const DropdownRadioGroup = Primitive.RadioGroup;
export const DropdownSub = Primitive.Sub;

const menuSurface =
  'z-50 min-w-44 overflow-hidden rounded-xl border bg-surface p-1 text-ink shadow-high data-[state=open]:animate-rise';
const item =
  'relative flex cursor-default select-none items-center gap-2.5 rounded-lg px-2.5 py-1.5 outline-none data-[disabled]:pointer-events-none data-[highlighted]:bg-sunken data-[disabled]:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0';

export function DropdownContent({ className, ...props }: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Content sideOffset={6} collisionPadding={8} className={cn(menuSurface, className)} {...props} />
    </Primitive.Portal>
  );
}

interface DropdownItemProps extends ComponentProps<typeof Primitive.Item> {
  danger?: boolean;
}

export function DropdownItem({ className, danger, ...props }: DropdownItemProps) {
  return <Primitive.Item className={cn(item, danger && 'text-bad', className)} {...props} />;
}

export function DropdownRadioItem({ className, children, ...props }: ComponentProps<typeof Primitive.RadioItem>) {
  return (
    <Primitive.RadioItem className={cn(item, 'pe-8', className)} {...props}>
      {children}
      <Primitive.ItemIndicator className="absolute end-2.5">
        <Check aria-hidden />
      </Primitive.ItemIndicator>
    </Primitive.RadioItem>
  );
}

export function DropdownSubTrigger({ className, children, ...props }: ComponentProps<typeof Primitive.SubTrigger>) {
  return (
    <Primitive.SubTrigger className={cn(item, 'data-[state=open]:bg-sunken', className)} {...props}>
      {children}
      <ChevronRight className="ms-auto rtl:-scale-x-100" aria-hidden />
    </Primitive.SubTrigger>
  );
}

export function DropdownSubContent({ className, ...props }: ComponentProps<typeof Primitive.SubContent>) {
  return (
    <Primitive.Portal>
      <Primitive.SubContent sideOffset={4} collisionPadding={8} className={cn(menuSurface, className)} {...props} />
    </Primitive.Portal>
  );
}

export const DropdownSeparator = () => <Primitive.Separator className="-mx-1 my-1 h-px bg-line" />;
