'use client';

import { useQuery } from '@tanstack/react-query';
import { formatPhone } from '@/lib/format/phone';
import { sandboxGroupsQuery } from '@/lib/queries/sandbox';
import type { Who } from './who';

/** The name behind a number or a group id, or the number itself. */
export function useNameOf(everybody: Who[]): (address: string) => string {
  const { data: groups = [] } = useQuery(sandboxGroupsQuery);
  return (address) =>
    everybody.find(({ number }) => number === address)?.name ??
    groups.find(({ id }) => id === address)?.subject ??
    (address.includes('@') ? address : formatPhone(address));
}
