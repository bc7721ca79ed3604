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
process.on('disconnect', end);
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => undefined);
// The supervisor may have gone while this was loaded; what it had said by then is delivered first.
if (process.connected) process.send?.('on duty', ignoreBrokenPipe);
else setImmediate(end);

/** Without it, a message to a supervisor that has just gone would end the guard before its work. */
function ignoreBrokenPipe(): void {}

function end(): void {
  void endAll([...watched.values()]).finally(() => process.exit(0));
}
