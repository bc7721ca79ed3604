import type { EventName, EventPayload } from '@trunkline/contracts';
import { ProblemError } from '../../../../errors/problem.js';
import type { EngineEvent } from '../../engines/engine.js';
import { sealSecret } from '../../events/secrets.js';
import type { SupervisorParts } from './parts.js';

type Shown = Extract<EngineEvent, { type: 'qr' | 'pairing-code' }>;
export interface ShownCode {
  secretId: string;
  expiresAt: string;
}

/** QR texts and pairing codes: sealed apart, told in the log by reference. */
export class PairingSecrets {
  #waiting: { resolve(code: ShownCode): void; reject(error: Error): void }[] = [];

  constructor(
    private readonly parts: SupervisorParts,
    private readonly emit: <N extends EventName>(event: N, payload: EventPayload<N>) => void,
  ) {}

  show(event: Shown): void {
    const { vault, journal, clock, row } = this.parts;
    const kind = event.type === 'qr' ? 'qr' : 'pairing_code';
    const text = event.type === 'qr' ? event.text : event.code;
    const secret = sealSecret(vault, { accountId: row.id, kind, text, ttlMs: event.ttlMs }, clock.now());
    journal.write('secret', secret);
    const shown = { secretId: secret.id, expiresAt: secret.expiresAt.toISOString() };
    if (event.type === 'qr') return this.emit('account.qr', { ...shown, text: null });
    this.emit('account.pairing_code', { ...shown, code: null });
    for (const { resolve } of this.#waiting.splice(0)) resolve(shown);
  }

  /** The next code; rejects when the connection ends before. */
  code(): Promise<ShownCode> {
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  refuse(why: string): void {
    for (const { reject } of this.#waiting.splice(0)) reject(new ProblemError('unavailable', `No code: ${why}`));
  }
}
