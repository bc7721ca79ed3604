'use client';

import { Check, ChevronDown } from 'lucide-react';
import { Select as Primitive } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from '@/lib/cn';
import { menuSurface } from './dropdown';
import { fieldStyle } from './input';

export interface SelectOption {
  value: string;
  label: ReactNode;
  disabled?: boolean;
}

interface SelectProps extends Omit<ComponentProps<typeof Primitive.Root>, 'children'> {
  options: SelectOption[];
  placeholder?: string;
  className?: string;
  id?: string;
  'aria-label'?: string;
  'aria-invalid'?: boolean;
  'aria-describedby'?: string;
}

export function Select({ options, placeholder, className, value, onValueChange, disabled, ...rest }: SelectProps) {
  return (
    <Primitive.Root value={value} onValueChange={onValueChange} disabled={disabled}>
      <Primitive.Trigger
        {...rest}
        className={cn(
          fieldStyle,
          'flex h-9 items-center justify-between gap-2 text-start data-[placeholder]:text-ink-soft [&>span]:truncate',
          className,
        )}
      >
        <Primitive.Value placeholder={placeholder} />
        <ChevronDown className="size-4 shrink-0 text-ink-soft" aria-hidden />
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          position="popper"
          sideOffset={6}
          collisionPadding={8}
          className={cn(menuSurface, 'max-h-80 min-w-(--radix-select-trigger-width)')}
        >
          <Primitive.Viewport>
            {options.map((option) => (
              <Option key={option.value} {...option} />
            ))}
          </Primitive.Viewport>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

const Option = ({ value, label, disabled }: SelectOption) => (
  <Primitive.Item
    value={value}
    disabled={disabled}
    className="relative flex cursor-default select-none items-center rounded-lg py-1.5 pe-8 ps-2.5 outline-none data-[disabled]:pointer-events-none data-[highlighted]:bg-sunken data-[disabled]:opacity-50"
  >
    <Primitive.ItemText>{label}</Primitive.ItemText>
    <Primitive.ItemIndicator className="absolute end-2.5">
      <Check className="size-4" aria-hidden />
    </Primitive.ItemIndicator>
  </Primitive.Item>
);
