/** Why a Signal operation failed. The bridge throws strings; this is the one place that reads them. */
export type SignalFailure =
  'duplicate' | 'no_session' | 'no_sender_key' | 'missing_prekey' | 'forged_bundle' | 'unreadable' | 'storage';

const SIGNS: [sign: string, failure: SignalFailure][] = [
  ['DuplicatedMessage', 'duplicate'],
  ['message with old counter', 'duplicate'],
  ['SessionNotFound', 'no_session'],
  ['no sender key', 'no_sender_key'],
  ['InvalidPreKeyId', 'missing_prekey'],
  ['InvalidSignedPreKeyId', 'missing_prekey'],
  ['invalid signature detected', 'forged_bundle'],
  ['FfiBindingError', 'storage'],
];

export class SignalError extends Error {
  constructor(readonly failure: SignalFailure) {
    super(`signal: ${failure}`);
  }

  /** What the bridge says may quote addresses and stacks; only the kind of failure goes on. */
  static from(thrown: unknown): SignalError {
    if (thrown instanceof SignalError) return thrown;
    const text = String(thrown);
    return new SignalError(SIGNS.find(([sign]) => text.includes(sign))?.[1] ?? 'unreadable');
  }
}
