import type { Log } from '../log.ts';

export interface StopRequest {
  /** Resolves when it is made. Rejects on an error that nobody caught: then, too, there is nothing to do but stop. */
  readonly promise: Promise<void>;
  readonly isMade: boolean;
}

/**
 * Waits to be asked to stop: Ctrl-C, a signal, or the end of the one who started us. Asked again it does nothing: a Ctrl-C
 * reaches us twice, from the terminal and handed on by the launcher.
 */
export function awaitStopRequest(log: Log): StopRequest {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const request = { promise, isMade: false };
  const make = () => {
    if (!request.isMade) log.info('Stopping.');
    request.isMade = true;
    resolve();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, make);
  process.on('disconnect', make);
  process.on('uncaughtException', (error) => {
    request.isMade = true;
    reject(error);
  });
  promise.catch(() => undefined); // Whoever waits for it sees it; nobody may be waiting yet.
  return request;
}
