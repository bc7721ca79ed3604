'use client';

import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Input } from '@/components/ui/input';
import { cn } from '@/lib/cn';
import { useSettled } from '@/lib/hooks/useSettled';

interface SearchFieldProps {
  label: string;
  value: string | undefined;
  onChange: (value: string) => void;
  className?: string;
}

/** Shows each letter at once and tells of them when the typing pauses. */
export function SearchField({ label, value = '', onChange, className }: SearchFieldProps) {
  const [typed, setTyped] = useState(value);
  const settled = useSettled(typed);
  const told = useRef(value);
  useEffect(() => {
    if (settled === told.current) return;
    told.current = settled;
    onChange(settled);
  }, [settled, onChange]);
  useEffect(() => {
    if (value === told.current) return;
    told.current = value;
    setTyped(value);
  }, [value]);
  return (
    <div className={cn('relative', className)}>
      <Search className="pointer-events-none absolute start-3 top-2.5 size-4 text-ink-soft" aria-hidden />
      <Input
        type="search"
        aria-label={label}
        placeholder={label}
        className="ps-9"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </div>
  );
}
