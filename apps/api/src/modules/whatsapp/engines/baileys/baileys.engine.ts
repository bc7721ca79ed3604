/** Baileys behind the port. */
import { DEFAULT_CONNECTION_CONFIG } from 'baileys';
import type { Engine } from '../engine.js';
import { BaileysSession } from './baileys.session.js';
import type { LogSentence } from './quiet.logger.js';
import { TIMING, type Timing } from './timing.js';

export { trustSandboxRoot } from './connection/certificate.js';
export { inspectCreds, inspectSession, type SessionVerdict, type StoredRecord } from './records/inspect.js';

export interface BaileysOptions {
  /** Bare sentences, without what they are about. */
  log?: LogSentence;
  timing?: Partial<Timing>;
}

export function createBaileysEngine({ log, timing }: BaileysOptions = {}): Engine {
  return {
    name: 'baileys',
    version: DEFAULT_CONNECTION_CONFIG.version.join('.'),
    capabilities: new Set(['pairing-code', 'groups', 'presence', 'media', 'chats', 'profile'] as const),
    open: (start) => new BaileysSession(start, { ...TIMING, ...timing }, log),
  };
}
