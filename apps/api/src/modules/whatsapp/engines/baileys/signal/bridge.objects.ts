/** Objects of the bridge lie in its own memory, and the collector would be too slow to free them: each lives for one use. */
import { ProtocolAddress } from 'whatsapp-rust-bridge';
import type { SignalAddress } from './address.js';
import { SignalError } from './signal.error.js';

export async function freed<O extends { free(): void }, T>(object: O, use: (object: O) => Promise<T>): Promise<T> {
  try {
    return await use(object);
  } finally {
    object.free();
  }
}

/** Whatever the bridge throws meanwhile becomes a SignalError. */
export function withAddress<T>(
  { address }: { address: SignalAddress },
  work: (address: ProtocolAddress) => Promise<T>,
): Promise<T> {
  return freed(new ProtocolAddress(address.name, address.device), work).catch((failure: unknown) => {
    throw SignalError.from(failure);
  });
}
