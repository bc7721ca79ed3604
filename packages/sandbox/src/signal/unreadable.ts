/**
 * Why a message did not decrypt. `reused`: its message counter (or group iteration) was used before; a phone refuses it
 * and so do we, since it means that the sender's ratchet was set back, or that the same ciphertext came twice.
 * `unknown`: anything else (no session, no sender key, wrong MAC); asking the sender again may help.
 */
export class Unreadable extends Error {
  override name = 'Unreadable';

  constructor(
    readonly reason: 'reused' | 'unknown',
    message: string,
  ) {
    super(message);
  }
}

/** The bridge rejects with plain strings; these are its words for a repeated 1:1 counter and group iteration. */
const REUSED = /DuplicatedMessage|message with old counter/;

export async function unreadable<T>(decryption: Promise<T>): Promise<T> {
  try {
    return await decryption;
  } catch (error) {
    const text = String(error);
    throw new Unreadable(REUSED.test(text) ? 'reused' : 'unknown', text);
  }
}
