'use client';

import type { AnyEvent, EphemeralEnvelope } from '@trunkline/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react';
import { sessionLost } from '../api/session-lost';
import { keys } from './keys';
import { LiveConnection, type LiveSnapshot } from './connection';
import { Replay } from './replay';
import { noteServerTime } from './server-time';

export type EventListener = (event: AnyEvent) => void;
export type PassingListener = (event: EphemeralEnvelope) => void;

interface Live {
  connection: LiveConnection;
  /** Hears every event after the caches have been changed by it. Returns the way to stop. */
  listen: (listener: EventListener) => () => void;
  /** Hears what is true for some seconds. */
  listenPassing: (listener: PassingListener) => () => void;
}

const LiveContext = createContext<Live | null>(null);
const unknown: LiveSnapshot = { state: 'connecting', liveUntil: null };

/** Keeps the one socket of the page open and the query cache true for everything below it. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [listeners] = useState(() => new Set<EventListener>());
  const [passing] = useState(() => new Set<PassingListener>());
  const [replay] = useState(() => new Replay(client));
  const [connection] = useState(
    () =>
      new LiveConnection({
        event: (event) => {
          replay.apply(event);
          for (const listener of listeners) listener(event);
        },
        ephemeral: (event) => {
          for (const listener of passing) listener(event);
        },
        stale: () => replay.stale(),
        live: () => void client.refetchQueries({ type: 'active', predicate: ({ state }) => state.status === 'error' }),
        refused: sessionLost,
        progress: (progress) => client.setQueryData(keys.restore, progress),
        time: (now) => noteServerTime(now),
      }),
  );

  useEffect(() => {
    const unwatch = replay.watch();
    const hurry = () => connection.hurry();
    const doubt = () => connection.doubt();
    connection.start();
    window.addEventListener('online', hurry);
    window.addEventListener('offline', doubt);
    return () => {
      window.removeEventListener('online', hurry);
      window.removeEventListener('offline', doubt);
      connection.stop();
      unwatch();
    };
  }, [connection, replay]);

  const live = useMemo<Live>(
    () => ({
      connection,
      listen: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      listenPassing: (listener) => {
        passing.add(listener);
        return () => passing.delete(listener);
      },
    }),
    [connection, listeners, passing],
  );
  return <LiveContext.Provider value={live}>{children}</LiveContext.Provider>;
}

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (!live) throw new Error('useLive needs a LiveProvider above it');
  return live;
}

export function useLiveSnapshot(): LiveSnapshot {
  const { connection } = useLive();
  return useSyncExternalStore(connection.watch, connection.read, () => unknown);
}
