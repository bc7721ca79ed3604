import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from '@/lib/cn';
import { fieldStyle } from './input';

export interface SelectOption {
  value: string;
  label: string;
  disabled?: boolean;
}

interface SelectProps extends Omit<ComponentProps<'select'>, 'children' | 'onChange'> {
  options: SelectOption[];
  onValueChange: (value: string) => void;
}

/** The browser's own, which every keyboard, phone and screen reader knows; where the browser lets us, in our looks. */
export const Select = ({ options, onValueChange, className, ...props }: SelectProps) => (
  <span className={cn('relative inline-flex w-full', className)}>
    <select
      {...props}
      className={cn(fieldStyle, 'picker h-9 cursor-pointer appearance-none truncate pe-9')}
      onChange={(event) => onValueChange(event.target.value)}
    >
      {options.map(({ value, label, disabled }) => (
        <option key={value} value={value} disabled={disabled}>
          {label}
        </option>
      ))}
    </select>
    <span className="pointer-events-none absolute inset-y-px end-px flex items-center rounded-e-lg bg-surface ps-1 pe-3">
      <ChevronDown className="size-4 text-ink-soft" aria-hidden />
    </span>
  </span>
);
