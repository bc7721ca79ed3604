import { endAll, type Watched } from '../ending.ts';

/**
 * The guard: ends what the supervisor started when the supervisor is gone, however it went. It is told of each process
 * over its pipe; when the pipe closes there is nobody left to stop them in order, so it does. Node children notice the
 * same by themselves and leave first; PostgreSQL is no Node process and would run for ever.
 *
 * It runs in a session of its own and ignores polite signals: a service manager that signals everybody at once must not
 * take the guard away before its supervisor.
 */
const watched = new Map<number, Watched>();

export type GuardMessage = { watch: Watched } | { forget: number };

process.on('message', (message: GuardMessage) => {
  if ('watch' in message) watched.set(message.watch.pid, message.watch);
  else watched.delete(message.forget);
});
process.on('disconnect', () => void endAll([...watched.values()]).finally(() => process.exit(0)));
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => undefined);
