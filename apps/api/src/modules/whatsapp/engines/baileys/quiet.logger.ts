/**
 * What Baileys logs, it logs as objects that may hold keys, sessions and texts (protocol.md S8). Objects are dropped;
 * the bare sentence of a warning or an error goes on, when somebody wants it.
 */
import type { makeWASocket } from 'baileys';

export type Logger = NonNullable<Parameters<typeof makeWASocket>[0]['logger']>;
export type LogSentence = (level: 'warn' | 'error', sentence: string) => void;

export function quietLogger(log?: LogSentence): Logger {
  const nothing = (): void => undefined;
  const sentence = (level: 'warn' | 'error') => (subject: unknown, message?: string) => {
    if (log && message) log(level, message);
    else if (log && typeof subject === 'string') log(level, subject);
  };
  const logger: Logger = {
    level: 'warn',
    child: () => logger,
    trace: nothing,
    debug: nothing,
    info: nothing,
    warn: sentence('warn'),
    error: sentence('error'),
  };
  return logger;
}
