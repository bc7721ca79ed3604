/**
 * What Baileys logs, it logs as objects that may hold keys, sessions and texts (protocol.md S8). Objects are dropped;
 * the bare sentence of a warning or an error goes on, when somebody wants it.
 */
import type { makeWASocket } from 'baileys';
import type { StanzaTrace } from '../trace/stanza.trace.js';
import { readOutgoing } from './connection/outgoing.stanza.js';

export type Logger = NonNullable<Parameters<typeof makeWASocket>[0]['logger']>;
export type LogSentence = (level: 'warn' | 'error', sentence: string) => void;

/** @param trace hears what is sent, while it is on: Baileys tells it to nobody else (see `outgoing.stanza.ts`) */
export function quietLogger(log?: LogSentence, trace?: StanzaTrace): Logger {
  const nothing = (): void => undefined;
  const sentence = (level: 'warn' | 'error') => (subject: unknown, message?: string) => {
    if (log && message) log(level, message);
    else if (log && typeof subject === 'string') log(level, subject);
  };
  const logger: Logger = {
    get level() {
      return trace?.on ? 'trace' : 'warn';
    },
    child: () => logger,
    trace: (subject: unknown) => {
      const { xml, msg } = (subject ?? {}) as { xml?: unknown; msg?: unknown };
      if (!trace?.on || msg !== 'xml send' || typeof xml !== 'string') return;
      const stanza = readOutgoing(xml);
      if (stanza) trace.heard('out', stanza);
    },
    debug: nothing,
    info: nothing,
    warn: sentence('warn'),
    error: sentence('error'),
  };
  return logger;
}
