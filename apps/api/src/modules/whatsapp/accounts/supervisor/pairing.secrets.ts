import { ProblemError } from '../../../../errors/problem.js';
import type { EngineEvent } from '../../engines/engine.js';
import { sealSecret } from '../../events/secrets.js';
import type { Emit, SupervisorParts } from './parts.js';

type Shown = Extract<EngineEvent, { type: 'qr' | 'pairing-code' }>;
export interface ShownCode {
  secretId: string;
  expiresAt: string;
}

/** QR texts and pairing codes: sealed apart, told in the log by reference. */
export class PairingSecrets {
  /** What a phone may still take, and until when by the clock that nobody sets. */
  #shown: { event: Shown; until: number } | undefined;
  #waiting: { resolve(code: ShownCode): void; reject(error: Error): void }[] = [];

  constructor(
    private readonly parts: SupervisorParts,
    private readonly emit: Emit,
  ) {}

  show(event: Shown): void {
    const { vault, journal, clock, row } = this.parts;
    this.#shown = { event, until: clock.elapsed() + event.ttlMs };
    const kind = event.type === 'qr' ? 'qr' : 'pairing_code';
    const text = event.type === 'qr' ? event.text : event.code;
    const secret = sealSecret(vault, { accountId: row.id, kind, text, ttlMs: event.ttlMs }, clock.now());
    journal.write('secret', secret);
    const shown = { secretId: secret.id, expiresAt: secret.expiresAt.toISOString() };
    if (event.type === 'qr') return this.emit('account.qr', { ...shown, text: null });
    this.emit('account.pairing_code', { ...shown, code: null });
    for (const { resolve } of this.#waiting.splice(0)) resolve(shown);
  }

  /** The wall clock was set: by it, what is on screen has run out or stays for too long. */
  showAgain(): void {
    if (!this.#shown) return;
    const { event, until } = this.#shown;
    const ttlMs = until - this.parts.clock.elapsed();
    if (ttlMs > 0) this.show({ ...event, ttlMs });
  }

  /** The account is not being linked any more. */
  forget(): void {
    this.refuse('The account is not being linked any more.');
    this.parts.journal.write('secrets.forget', { at: this.parts.clock.now() });
  }

  /** The next code; rejects when the connection ends before, or is made anew for something else. */
  code(): Promise<ShownCode> {
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  refuse(why: string): void {
    this.#shown = undefined;
    for (const { reject } of this.#waiting.splice(0)) reject(new ProblemError('unavailable', `No code: ${why}`));
  }
}
