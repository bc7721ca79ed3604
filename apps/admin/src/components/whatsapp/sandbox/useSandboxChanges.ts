'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { changes } from '@/lib/api/sandbox';
import { keys } from '@/lib/live/keys';

const WAIT_MS = 25_000;
const AFTER_FAILURE_MS = 2_000;

/** The sandbox tells when anything in it changed; what is shown of it is then loaded again. */
export function useSandboxChanges(): void {
  const client = useQueryClient();
  useEffect(() => {
    const leaving = new AbortController();
    void follow(leaving.signal, () => client.invalidateQueries({ queryKey: keys.sandbox }));
    return () => leaving.abort();
  }, [client]);
}

async function follow(signal: AbortSignal, changed: () => Promise<unknown>): Promise<void> {
  let seen: number | null = null;
  while (!signal.aborted) {
    try {
      const { revision }: { revision: number } = await changes(seen ?? 0, seen === null ? 0 : WAIT_MS, signal);
      if (seen !== null && revision !== seen) await changed();
      seen = revision;
    } catch {
      // Away for the moment, and perhaps restarted with a count of its own; or this page is left.
      seen = -1;
      await pause(AFTER_FAILURE_MS, signal);
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}
