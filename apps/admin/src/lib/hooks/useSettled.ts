'use client';

import { useEffect, useState } from 'react';

/** The value once it has stopped changing for a moment: what is typed is not asked for letter by letter. */
export function useSettled<T>(value: T, delayMs = 250): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delayMs);
    return () => clearTimeout(timer);
  }, [value, delayMs]);
  return settled;
}
